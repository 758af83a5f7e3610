extension TinyOnnx {
    /// The card of a network the tests wrote themselves, called "tiny".
    ///
    /// - Parameters:
    ///   - sha256: of the network's bytes, in hexadecimal digits.
    ///   - more: further lines, such as the ports.
    public static func card(kind: String, sha256: some StringProtocol, _ more: String) -> String {
        """
        name: tiny
        title: Tiny
        kind: \(kind)
        sha256: \(sha256)
        licence: MIT
        commercial-use: yes
        \(more)
        """
    }

    /// Of `plate(gain:)`.
    public static let platePorts = """
        inputs: { picture: src, plate: bgr }
        outputs: { alpha: pha, foreground: fgr }
        size: { multiple-of: 4 }
        """
}
