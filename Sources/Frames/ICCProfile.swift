/// A colour profile as picture files carry it (ICC.1:2022, section 7). It goes through the program as it is.
public struct ICCProfile: Sendable, Hashable {
    public let bytes: [UInt8]

    private static let headerBytes = 128

    /// Nil for what has no profile's header.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerBytes, bytes[36..<40].elementsEqual("acsp".utf8) else { return nil }
        self.bytes = bytes
    }

    /// Whether it speaks of R'G'B', and not of inks or grey.
    public var isForRGB: Bool { bytes[16..<20].elementsEqual("RGB ".utf8) }

    /// Whether it calls itself sRGB, in ASCII or in UTF-16.
    public var isSRGB: Bool {
        let name = Array("sRGB".utf8)
        let wide: [UInt8] = name.flatMap { [0, $0] as [UInt8] }
        return [name, wide].contains { bytes.firstRange(of: $0) != nil }
    }
}
