public import Frames

/// What `matte image` did.
public struct ImageReport: Sendable {
    /// One picture, done or failed.
    public struct Picture: Sendable, Codable {
        public let input: String
        /// What was written; empty where it failed.
        public let outputs: [String]
        /// What is wrong, in the words of `MatteError`.
        public let problem: String?
        /// The exit status that the picture alone would have had.
        public let status: Int32
    }

    public let pictures: [Picture]

    public var failures: Int { pictures.count { $0.problem != nil } }

    /// The run's own error, where pictures have failed: of their kind, if it is the same for all.
    public var error: MatteError? {
        guard failures > 0 else { return nil }
        let kinds = Set(pictures.filter { $0.problem != nil }.map(\.status))
        let kind = kinds.count == 1 ? kinds.first.flatMap(MatteError.Kind.init) : nil
        return MatteError(kind ?? .badInput, "\(failures) of \(pictures.count) pictures failed; the others are written")
    }
}
