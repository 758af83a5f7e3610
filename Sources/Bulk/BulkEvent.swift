/// What happens in a bulk run, as it happens. Given by the thread that runs it.
public enum BulkEvent: Sendable {
    /// Looked at everything: how many clips there are, and how many of them earlier runs did.
    case planned(clips: Int, already: Int)
    case started(input: String, output: String, attempt: Int)
    /// Several times a second.
    case progress(BulkProgress)
    case ended(ClipOutcome)
    /// It failed, and is tried again later.
    case retrying(ClipOutcome)
    /// What people should know.
    case notice(String)
}

/// How far a bulk run is.
public struct BulkProgress: Sendable, Codable {
    /// A clip at work.
    public struct Clip: Sendable, Codable {
        public let input: String
        /// Nil until the first picture is written.
        public let frames: Int?
        /// As the file says; nil where it does not.
        public let expectedFrames: Int?
        public let framesPerSecond: Double?

        /// 0…1; 0 where nothing is known.
        public var share: Double {
            guard let frames, let expectedFrames, expectedFrames > 0 else { return 0 }
            return min(1, Double(frames) / Double(expectedFrames))
        }
    }

    /// At work, in the order in which they began.
    public let clips: [Clip]
    /// Done by this run.
    public let done: Int
    /// Done by earlier ones.
    public let already: Int
    public let failed: Int
    /// All of them.
    public let total: Int
    public let elapsedSeconds: Double
    /// Nil until there is something to judge by.
    public let remainingSeconds: Double?
}
