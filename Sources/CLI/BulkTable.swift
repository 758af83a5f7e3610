import Bulk
import Foundation

/// The table of the clips at work, drawn over itself on a terminal (ECMA-48 control sequences).
struct BulkTable {
    /// More clips than this would scroll a small terminal.
    private static let mostRows = 16
    private static let nameWidth = 32
    private static let barWidth = 20

    private var shownLines = 0

    /// The text that replaces what is shown by `progress`.
    mutating func draw(_ progress: BulkProgress) -> String {
        var lines = [Self.bar(Self.share(progress)) + " " + BulkLine.total(progress)]
        for clip in progress.clips.prefix(Self.mostRows) { lines.append(Self.row(clip)) }
        let rest = progress.clips.count - Self.mostRows
        if rest > 0 { lines.append("  … and \(rest) more") }
        let start = erase()
        shownLines = lines.count
        // A long line must not become two: wrapping is off meanwhile.
        return start + "\u{1B}[?7l" + lines.map { $0 + "\n" }.joined() + "\u{1B}[?7h"
    }

    /// The text that takes the table away.
    mutating func erase() -> String {
        defer { shownLines = 0 }
        return shownLines > 0 ? "\r\u{1B}[\(shownLines)A\u{1B}[J" : ""
    }

    private static func share(_ progress: BulkProgress) -> Double {
        guard progress.total > 0 else { return 0 }
        let ended = Double(progress.done + progress.already + progress.failed)
        return (ended + progress.clips.reduce(0) { $0 + $1.share }) / Double(progress.total)
    }

    private static func row(_ clip: BulkProgress.Clip) -> String {
        let name = StandardStreams.visible(clip.input.split(separator: "/").last.map(String.init) ?? clip.input)
        let short = name.count > nameWidth ? "…" + name.suffix(nameWidth - 1) : name
        let padded = short + String(repeating: " ", count: nameWidth - short.count)
        guard let frames = clip.frames else { return "  \(padded) starting" }
        let rate = clip.framesPerSecond.map { String(format: ", %.1f fps", $0) } ?? ""
        guard let expected = clip.expectedFrames else { return "  \(padded) \(frames) frames\(rate)" }
        return "  \(padded) \(bar(clip.share)) \(frames)/\(expected)\(rate)"
    }

    private static func bar(_ share: Double) -> String {
        let filled = Int(min(1, max(0, share)) * Double(barWidth))
        return String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
    }
}
