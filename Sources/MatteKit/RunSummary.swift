import Foundation
public import Matting
public import Metrics
public import Pipeline

/// What a job did: for `--json`, `--stats` and for programs.
public struct RunSummary: Sendable, Codable {
    public let input: String
    public let outputs: [String]
    public let width: Int
    public let height: Int
    public let model: String
    public let engine: String
    public let device: String
    /// True when the outputs were re-read and found as meant.
    public let verified: Bool
    public let pipeline: PipelineReport
    /// What the network and the clean plate took; nil without a plate, and where the network itself takes it.
    public let plate: PlateTimes?
    /// What of the mattes should be looked at; nil where nobody asked.
    public let quality: QualityTally?

    /// The summary as JSON with sorted keys, on one line or indented.
    public func json(indented: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if indented { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
