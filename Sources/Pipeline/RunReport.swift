/// What one stage did during a run.
public struct StageReport: Sendable, Codable {
    public let name: String
    /// Units of work: frames, and for encoding also copied packets.
    public let items: Int
    /// Time per item without waiting for the next stage.
    public let p50Milliseconds: Double
    public let p95Milliseconds: Double
    /// Busy time over the run's wall time, 0…1.
    public let shareOfWallTime: Double
    /// Items in the stage's queue (the one at work included) when another came, on average.
    public let meanQueued: Double
    public let mostQueued: Int
}

/// What a run did, for `--stats` and for programs.
public struct PipelineReport: Sendable, Codable {
    public let frames: Int
    public let shots: Int
    public let damagedPackets: Int
    public let wallSeconds: Double
    public let framesPerSecond: Double
    public let stages: [StageReport]
    /// Largest resident size of the process so far, in bytes.
    public let peakMemoryBytes: Int
}

/// How far a run is; given after every encoded frame.
public struct RunProgress: Sendable {
    public let frames: Int
    /// An estimate from the container; nil for streams.
    public let expectedFrames: Int?
    public let damagedPackets: Int
    public let elapsedSeconds: Double

    public var framesPerSecond: Double { elapsedSeconds > 0 ? Double(frames) / elapsedSeconds : 0 }

    /// Nil where the end is not known.
    public var remainingSeconds: Double? {
        guard let expectedFrames, framesPerSecond > 0 else { return nil }
        return Double(max(0, expectedFrames - frames)) / framesPerSecond
    }
}
