import Foundation
public import Metrics

/// What `matte qc` found.
public struct QualityReport: Sendable, Codable {
    public struct Frame: Sendable, Codable {
        /// From 1.
        public let number: Int
        public let seconds: Double
        public let quality: FrameQuality
    }

    public let clip: String
    public let frameCount: Int
    /// Frames with a flag.
    public let flaggedFrames: Int
    /// In the order of time.
    public let events: [QualityVerdict.Event]
    /// The worst events, the worst first, one for each frame.
    public let worst: [QualityVerdict.Event]
    /// The sides that the subject touches in most of the frames, which counts for nothing.
    public let usualSides: [BorderContact.Side]
    /// From which value on a frame is flagged.
    public let thresholds: [String: Double]
    public let frames: [Frame]

    static let worstCount = 10

    init(clip: String, frames: [Frame]) {
        let verdict = QualityVerdict(frames.map(\.quality))
        self.clip = clip
        self.frames = frames
        frameCount = frames.count
        events = verdict.events
        worst = verdict.worst(Self.worstCount)
        usualSides = verdict.usualSides
        flaggedFrames = Set(verdict.events.flatMap { $0.firstFrame...$0.lastFrame }).count
        thresholds = Dictionary(
            QualityFlag.allCases.map { ($0.rawValue, $0.threshold) }, uniquingKeysWith: { first, _ in first })
    }

    /// The time of a frame, in seconds.
    public func seconds(ofFrame number: Int) -> Double {
        frames.indices.contains(number - 1) ? frames[number - 1].seconds : 0
    }

    /// As JSON with sorted keys, indented.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
