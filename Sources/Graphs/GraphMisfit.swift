/// Why a graph is not the one that was expected. No error for people by itself: the graph is then used as it is.
public struct GraphMisfit: Error, Sendable, Hashable, CustomStringConvertible {
    /// A clause without a full stop.
    public let description: String

    public init(_ description: String) { self.description = description }
}
