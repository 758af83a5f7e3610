public import Pipeline

/// One line of `matte run --json`: `event` says which of the other keys are there.
public struct RunEvent: Sendable, Codable {
    public enum Name: String, Sendable, Codable {
        case notice
        case progress
        case done
    }

    public let event: Name
    public var message: String?
    public var frames: Int?
    public var expectedFrames: Int?
    public var framesPerSecond: Double?
    public var remainingSeconds: Double?
    public var damagedPackets: Int?
    public var summary: RunSummary?

    /// A notice.
    public init(message: String) {
        event = .notice
        self.message = message
    }

    public init(_ progress: RunProgress) {
        event = .progress
        frames = progress.frames
        expectedFrames = progress.expectedFrames
        framesPerSecond = progress.framesPerSecond
        remainingSeconds = progress.remainingSeconds
        damagedPackets = progress.damagedPackets
    }

    public init(_ summary: RunSummary) {
        event = .done
        self.summary = summary
    }
}
