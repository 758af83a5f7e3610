import MatteKit

/// `matte live --setup`.
enum LiveSetupText {
    /// Sees to a virtual camera, and prints its path or the lines that make one.
    ///
    /// - Parameter output: its path, number or name for people; nil for "Matte".
    /// - Throws: `.missingPart` where a person has to run the lines, so that a script knows.
    static func print(for output: String?) throws {
        switch try VirtualCameraSetup.run(for: output) {
        case .present(let path), .added(let path): Swift.print(path)
        case .lines(let lines, let reason):
            Swift.print(lines.joined(separator: "\n"))
            throw MatteError(.missingPart, reason, advice: "run these lines, then this command again")
        }
    }
}
