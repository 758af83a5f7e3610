import Foundation
public import Metrics

/// What `matte eval` measured.
public struct EvaluationReport: Sendable, Codable {
    public struct Frame: Sendable, Codable {
        /// From 1.
        public let number: Int
        /// Of the true clip, in seconds.
        public let seconds: Double
        public let errors: MatteErrors
    }

    public let predicted: String
    public let truth: String
    public let width: Int
    public let height: Int
    public let mean: MatteErrors
    public let frames: [Frame]

    /// As JSON with sorted keys, indented.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// One line for each frame behind a line of names; empty where nothing was measured.
    public var csv: String {
        let metrics = Metric.allCases.filter { mean[$0] != nil }
        let head = (["frame", "seconds"] + metrics.map(\.rawValue)).joined(separator: ",")
        let lines = frames.map { frame in
            ([String(frame.number), String(format: "%.6f", frame.seconds)]
                + metrics.map { frame.errors[$0].map { String(format: "%.6f", $0) } ?? "" }).joined(separator: ",")
        }
        return ([head] + lines).joined(separator: "\n")
    }
}
