import Foundation

/// What `matte ctl status` tells, and what `--stats` writes at the end.
public struct LiveStatus: Sendable, Codable {
    public struct Output: Sendable, Codable {
        public let name: String
        public let width: Int
        public let height: Int
        public let framesPerSecond: Double
    }

    /// "live" or "standby".
    public let state: String
    /// Why the card is shown; nil while the show is live.
    public let reason: StandbyReason?
    /// What is wrong at the moment, in sentences; empty where all is well.
    public let problems: [String]
    public let isPaused: Bool
    /// False where the camera waits for a reader.
    public let isWatched: Bool
    /// The open camera; nil while it is closed.
    public let camera: String?
    /// Pictures that the camera's driver gave up.
    public let lostFrames: Int
    public let output: Output
    public let model: String
    public let engine: String?
    public let device: String?
    /// At which the network works; nil for one that has none.
    public let ratio: Double?
    /// As given to `--background`.
    public let background: String
    public let preset: String?
    /// The clean plate in use: a file's name or "captured"; nil for none.
    public let plate: String?
    public let isMirrored: Bool
    public let figures: LiveFigures
    /// Resident size of the process.
    public let memoryBytes: Int

    /// As JSON with sorted keys, on one line or indented.
    public func json(indented: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if indented { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
