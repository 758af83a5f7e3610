public import MatteKit

/// How a clip ended, for the report.
public struct ClipOutcome: Sendable, Codable {
    public enum Status: String, Sendable, Codable {
        case done
        /// An earlier run had done it.
        case already
        case failed
    }

    public let input: String
    /// Paths within the run's folder, the main one first; none for an input that could not be looked at.
    public let outputs: [String]
    public let status: Status
    public var frames: Int?
    public var wallSeconds: Double?
    public var framesPerSecond: Double?
    public var width: Int?
    public var height: Int?
    public var engine: String?
    public var device: String?
    public var peakMemoryBytes: Int?
    /// Into how many chunks it was cut; nil for one that was done as a whole.
    public var chunks: Int?
    /// What should be looked at, as `matte qc` judges; nil where that is not known.
    public var quality: [QualityTally.Mark]?
    /// How often it was tried in this run.
    public var attempts: Int
    /// What people should know though it is done.
    public var notices: [String] = []
    /// Why it failed, and how: the worker's exit status, or the signal that killed it.
    public var reason: String?
    public var exitStatus: Int32?
    public var signal: String?
    /// Whether starting the same command again may help.
    public var isWorthRetrying: Bool?

    init(_ clip: BulkClip, _ entry: JournalEntry, isNew: Bool) {
        input = clip.input
        outputs = clip.outputNames
        status = isNew ? .done : .already
        attempts = isNew ? entry.attempt : 0
        notices = entry.words
        frames = entry.figures?.frames
        wallSeconds = entry.figures?.wallSeconds
        framesPerSecond = entry.figures?.framesPerSecond
        width = entry.figures?.width
        height = entry.figures?.height
        engine = entry.figures?.engine
        device = entry.figures?.device
        peakMemoryBytes = entry.figures?.peakMemoryBytes
        chunks = entry.figures?.chunks
        quality = entry.figures?.quality
    }

    init(input: String, outputs: [String], failure: WorkerFailure, attempts: Int) {
        self.input = input
        self.outputs = outputs
        status = .failed
        self.attempts = attempts
        reason = failure.reason
        exitStatus = failure.exitStatus
        signal = failure.signal
        isWorthRetrying = failure.isWorthRetrying
    }
}

extension JournalEntry.Figures {
    init(_ summary: RunSummary) {
        self.init(
            frames: summary.pipeline.frames, wallSeconds: summary.pipeline.wallSeconds,
            framesPerSecond: summary.pipeline.framesPerSecond, width: summary.width, height: summary.height,
            engine: summary.engine, device: summary.device, peakMemoryBytes: summary.pipeline.peakMemoryBytes,
            quality: summary.quality?.marks)
    }
}
