import Frames

/// Keeps what a `NoticeHandler` hears.
public final class Notices: Sendable {
    private let kept = Protected<[String]>([])

    public init() {}

    public var all: [String] { kept.withLock { $0 } }

    public func add(_ words: String) { kept.withLock { $0.append(words) } }
}
