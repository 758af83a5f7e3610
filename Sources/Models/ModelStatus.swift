/// One line of `matte models list`.
public struct ModelStatus: Sendable, Hashable {
    public enum State: String, Sendable {
        /// Not there.
        case missing
        /// Part of it is there; a pull goes on from here.
        case partial
        /// There, not looked into.
        case installed
        /// There, with the card's SHA-256.
        case verified
        /// There, but another file than the card means; it will not be loaded.
        case damaged
    }

    public let card: ModelCard
    /// Where the file is, or would be.
    public let path: String
    public let state: State
    /// Length of what is there, in bytes.
    public let byteCount: Int
}

/// How far a pull has come.
public struct PullProgress: Sendable, Hashable {
    public let source: ModelCard.Source
    public let received: Int64
    /// Nil where neither the card nor the server says.
    public let total: Int64?
}
