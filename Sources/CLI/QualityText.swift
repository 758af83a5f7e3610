import Foundation
import MatteKit

/// What `matte qc` found, for people: one line for each event.
struct QualityText {
    private let report: QualityReport

    init(_ report: QualityReport) { self.report = report }

    var text: String {
        let events = report.events.map { event in
            let isOne = event.firstFrame == event.lastFrame
            let frames = isOne ? "frame \(event.firstFrame)" : "frames \(event.firstFrame)-\(event.lastFrame)"
            let seconds = String(format: "%.2f s", report.seconds(ofFrame: event.firstFrame))
            let worst = isOne ? "" : ", worst in \(event.worstFrame)"
            return column(event.flag.rawValue, 9) + column(frames, 18) + column(seconds, 11)
                + String(format: "%.1f times the threshold", event.severity) + worst
        }
        return (events + ["\(report.flaggedFrames) of \(report.frameCount) frames flagged"]).joined(separator: "\n")
    }

    private func column(_ text: String, _ width: Int) -> String {
        text.padding(toLength: max(width, text.count + 1), withPad: " ", startingAt: 0)
    }
}
