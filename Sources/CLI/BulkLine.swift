import Bulk
import Foundation
import MatteKit

/// Sentences about many clips.
enum BulkLine {
    static func ended(_ clip: ClipOutcome) -> String {
        if clip.status == .failed {
            let reason = clip.reason ?? "failed"
            return reason.contains(clip.input) ? reason : "\(clip.input): \(reason)"
        }
        let rate = clip.framesPerSecond.map { String(format: ", %.1f fps", $0) } ?? ""
        let frames = clip.frames.map { ": \($0) frames\(rate)" } ?? ""
        let flags = (clip.quality ?? []).map { "; " + $0.description }.joined()
        return "\(clip.input)\(frames) → \(clip.outputs.joined(separator: ", "))\(flags)"
    }

    static func total(_ progress: BulkProgress) -> String {
        var parts = ["\(progress.done + progress.already)/\(BulkReport.count(of: progress.total))"]
        if progress.failed > 0 { parts.append("\(progress.failed) failed") }
        if !progress.clips.isEmpty { parts.append("\(progress.clips.count) at work") }
        let rate = progress.clips.compactMap(\.framesPerSecond).reduce(0, +)
        if rate > 0 { parts.append(String(format: "%.1f fps", rate)) }
        if let seconds = progress.remainingSeconds, progress.done + progress.already + progress.failed < progress.total
        {
            parts.append("\(ClockText.of(seconds: seconds)) left")
        }
        return parts.joined(separator: ", ")
    }

    static func summary(_ report: BulkReport, folder: String) -> String {
        var parts = ["\(report.done) done"]
        if report.already > 0 { parts.append("\(report.already) done before") }
        if report.failed > 0 { parts.append("\(report.failed) failed") }
        if report.waiting > 0 { parts.append("\(report.waiting) not begun") }
        let perHour = report.wallSeconds > 0 ? Double(report.done) / report.wallSeconds * 3600 : 0
        let rate = report.done > 0 ? String(format: " (%.0f clips an hour)", perHour) : ""
        let page = (folder.hasSuffix("/") ? folder : folder + "/") + "report.html"
        return "\(parts.joined(separator: ", ")) in \(ClockText.of(seconds: report.wallSeconds))\(rate); see '\(page)'"
    }

    static func forecast(_ forecast: BulkForecast) -> String {
        let chunks = forecast.chunks.map { "; cut at scene cuts, into about \($0) chunks" } ?? ""
        let whole = forecast.wholeReason.map { "; stays whole, as \($0)" } ?? ""
        let name = "\(forecast.input) → \(forecast.outputs.joined(separator: ", "))"
        return "\(name)  (\(forecast.reason)\(chunks)\(whole))"
    }
}
