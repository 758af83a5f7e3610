import Foundation
import MatteKit

/// The means of `matte eval` for people.
struct EvaluationText {
    private let report: EvaluationReport

    init(_ report: EvaluationReport) { self.report = report }

    var text: String {
        let rows = Metric.allCases.compactMap { metric in
            report.mean[metric].map { (metric.title, String(format: "%.3f", $0)) }
        }
        let width = rows.map(\.1.count).max() ?? 0
        let lines = rows.map { title, value in
            Self.name(title) + String(repeating: " ", count: width - value.count) + value
        }
        return ([Self.name("frames") + String(report.frames.count)] + lines).joined(separator: "\n")
    }

    private static func name(_ text: String) -> String { text.padding(toLength: 9, withPad: " ", startingAt: 0) }
}
