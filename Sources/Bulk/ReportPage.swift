internal import Foundation
internal import Frames
internal import MatteKit

/// `report.html`: one page with everything in it, to be looked at the next morning or sent to somebody.
struct ReportPage {
    private let report: BulkReport
    private let thumbnails: Thumbnails

    init(_ report: BulkReport, thumbnails: Thumbnails) {
        self.report = report
        self.thumbnails = thumbnails
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="generator" content="\(Self.escaped(report.about))">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.escaped(headline))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <h1>\(Self.escaped(headline))</h1>
        <p>\(Self.escaped(subline))</p>
        <table>
        <thead><tr><th></th><th>clip</th><th>status</th><th>frames</th><th>size</th><th>time</th><th>fps</th><th>look at</th></tr></thead>
        <tbody>
        \(rows)
        </tbody>
        </table>
        </body>
        </html>

        """
    }

    private var headline: String {
        let parts = [
            (report.done + report.already, "done"), (report.failed, "failed"), (report.waiting, "not begun"),
        ]
        return "\(report.total) clips: "
            + parts.filter { $0.0 > 0 || $0.1 == "done" }.map { "\($0.0) \($0.1)" }
            .joined(separator: ", ")
    }

    private var subline: String {
        let before = report.already > 0 ? ", \(report.already) of them by earlier runs" : ""
        let end = report.isStopped ? "; the run was stopped" : ""
        return "\(report.about), \(report.written), \(ClockText.of(seconds: report.wallSeconds))\(before)\(end)"
    }

    /// What needs a look comes first.
    private var rows: String {
        let sorted = report.clips.filter { $0.status == .failed } + report.clips.filter { $0.status != .failed }
        return sorted.enumerated().map { index, clip in row(clip, index: index) }.joined(separator: "\n")
    }

    private func row(_ clip: ClipOutcome, index: Int) -> String {
        let picture = clip.status == .failed ? nil : thumbnails.dataURI(of: clip, index: index)
        let image = picture.map { #"<img src="\#($0)" alt="" loading="lazy">"# } ?? ""
        var words = "<b>\(Self.escaped(clip.input))</b>"
        if !clip.outputs.isEmpty {
            words +=
                "<br>"
                + clip.outputs.map { #"<a href="\#(Self.address($0))">\#(Self.escaped($0))</a>"# }
                .joined(separator: ", ")
        }
        for notice in clip.notices { words += "<br><small>\(Self.escaped(notice))</small>" }
        if let reason = clip.reason { words += #"<br><span class="reason">\#(Self.escaped(reason))</span>"# }
        let size = clip.width.flatMap { width in clip.height.map { height in "\(width)×\(height)" } }
        let rate = clip.framesPerSecond.map { String(format: "%.1f", $0) }
        let time = clip.wallSeconds.map(ClockText.of(seconds:))
        let figures: [String?] = [clip.frames.map(String.init), size, time, rate]
        let flags = (clip.quality ?? []).map { #"<span class="flag">\#(Self.escaped($0.description))</span>"# }
        let cells: [String] =
            [image, words, status(clip)] + figures.map { $0 ?? "" } + [flags.joined(separator: "<br>")]
        return "<tr class=\"\(clip.status.rawValue)\">" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }

    private func status(_ clip: ClipOutcome) -> String {
        switch clip.status {
        case .done:
            (clip.attempts > 1 ? "done at attempt \(clip.attempts)" : "done")
                + (clip.chunks.map { ", in \($0) chunks" } ?? "")
        case .already: "done before"
        case .failed:
            "failed" + (clip.signal.map { " (\($0))" } ?? clip.exitStatus.map { " (\($0))" } ?? "")
                + (clip.isWorthRetrying == true ? ", worth retrying" : "")
        }
    }

    /// Names of files hold whatever people put into them.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default:
                escaped +=
                    scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
            }
        }
        return escaped
    }

    /// A relative reference (RFC 3986, section 4.2) to a file beside the page.
    static func address(_ path: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        let encoded = path.utf8.map { plain.contains($0) ? String(UnicodeScalar($0)) : String(format: "%%%02X", $0) }
            .joined()
        return path.hasPrefix("/") ? "file://" + encoded : "./" + encoded
    }

    private static let style = """
        body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; color: #222; background: #fff }
        h1 { font-size: 1.4em }
        table { border-collapse: collapse; width: 100% }
        th { text-align: left; font-weight: normal; color: #666 }
        td, th { padding: .4em .8em .4em 0; border-bottom: 1px solid #ddd; vertical-align: top }
        td:nth-child(n+4):nth-child(-n+7) { white-space: nowrap; font-variant-numeric: tabular-nums }
        td:nth-child(2) { overflow-wrap: anywhere }
        img { display: block; width: 160px }
        small { color: #666 }
        .flag { color: #8a5a00 }
        .failed td:nth-child(3), .reason { color: #b00020 }
        @media (prefers-color-scheme: dark) {
          body { color: #ddd; background: #1c1c1e } td, th { border-color: #444 } a { color: #8ab4f8 }
          .flag { color: #ffc46b } .failed td:nth-child(3), .reason { color: #ff8a80 } th, small { color: #999 }
        }
        """
}
