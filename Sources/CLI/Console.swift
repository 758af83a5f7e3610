import Foundation
import Live
import MatteKit

/// What the program says while it works: a bar on a terminal, a line now and then elsewhere, JSON lines for machines.
///
/// Any thread may call it.
final class Console: Sendable {
    private struct State {
        /// Begins with the program, so that the first plain line comes after one interval and short clips print none.
        var lastShown = Date()
        var barIsShown = false
    }

    private let quiet: Bool
    private let json: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Protected(State())

    init(quiet: Bool = false, json: Bool = false) {
        self.quiet = quiet
        self.json = json
    }

    func notice(_ text: String) {
        guard !quiet else { return }
        clear()
        say(line: json ? text : "note: \(text)")
    }

    func progress(_ progress: RunProgress) {
        guard !quiet else { return }
        let interval = isTerminal && !json ? 0.1 : json ? 1 : 5
        guard isDue(every: interval) else { return }
        if json {
            JSONLines.write(RunEvent(progress))
        } else if isTerminal {
            state.withLock { $0.barIsShown = true }
            say("\r\u{1B}[K" + ProgressLine(progress).bar(width: 24))
        } else {
            say("matte: \(ProgressLine(progress).text)\n")
        }
    }

    /// How many of a work's frames or files are done; on a terminal only.
    func counted(_ done: Int, of expected: Int?, _ unit: String = "frames") {
        guard !quiet, !json, isTerminal, isDue(every: 0.1) else { return }
        state.withLock { $0.barIsShown = true }
        say("\r\u{1B}[K\(done)\(expected.map { "/\($0)" } ?? "") \(unit)")
    }

    /// A picture of many that was written, or failed.
    func done(_ picture: ImageReport.Picture, _ count: Int, of all: Int) {
        if let problem = picture.problem {
            clear()
            StandardStreams.say(line: "matte: \(problem)")
        }
        if json { JSONLines.write(PictureEvent(picture: picture)) }
        counted(count, of: all, "pictures")
    }

    func finished(_ report: ImageReport, at output: String) {
        clear()
        guard !json, report.failures < report.pictures.count else { return }
        let count = report.pictures.count - report.failures
        say(line: "\(count) \(count == 1 ? "picture" : "pictures") → \(output)")
    }

    func finished(_ summary: RunSummary) {
        clear()
        if json {
            JSONLines.write(RunEvent(summary))
        } else if !quiet {
            let rate = String(format: "%.1f", summary.pipeline.framesPerSecond)
            let check = summary.verified ? ", verified" : ""
            let files = summary.outputs.joined(separator: ", ")
            let engine = "\(summary.engine) on \(summary.device)"
            say("matte: \(summary.pipeline.frames) frames, \(rate) fps with \(engine)\(check) → \(files)\n")
            for mark in summary.quality?.marks ?? [] { say(line: mark.description) }
        }
    }

    /// How a show goes: a line that is kept up to date on a terminal, a word at every change elsewhere.
    func live(_ status: LiveStatus, hasChanged: Bool) {
        guard !quiet else { return }
        if json {
            if hasChanged || isDue(every: 1) { JSONLines.write(StatusEvent(event: "status", status: status)) }
        } else if isTerminal {
            state.withLock { $0.barIsShown = true }
            // A line that wraps could not be taken back.
            let columns = TerminalSize.current?.columns ?? 80
            say("\r\u{1B}[K" + LiveStatusText(status).line.prefix(columns - 1))
        } else if hasChanged {
            say(line: LiveStatusText(status).state)
        }
    }

    func finished(_ status: LiveStatus) {
        clear()
        if json {
            JSONLines.write(StatusEvent(event: "done", status: status))
        } else {
            let figures = status.figures
            let dropped = figures.drops.values.reduce(0, +)
            say(line: "\(figures.shownFrames) pictures of the camera shown, \(dropped) dropped")
        }
    }

    /// Takes the bar away, so that a message gets a line of its own.
    func clear() {
        let wasShown = state.withLock { state in
            defer { state.barIsShown = false }
            return state.barIsShown
        }
        if wasShown { say("\r\u{1B}[K") }
    }

    /// How far a download is; on a terminal only.
    func pulled(_ progress: PullProgress) {
        guard !quiet, isTerminal, !json, isDue(every: 0.1) else { return }
        state.withLock { $0.barIsShown = true }
        let received = String(format: "%.1f", Double(progress.received) / 1_000_000)
        let total = progress.total.map { String(format: " of %.1f", Double($0) / 1_000_000) } ?? ""
        say("\r\u{1B}[K\(progress.source): \(received)\(total) MB")
    }

    /// A sentence about what was done.
    func say(line: String) {
        guard !quiet else { return }
        if json { JSONLines.write(RunEvent(message: line)) } else { StandardStreams.say(line: "matte: \(line)") }
    }

    private func isDue(every interval: Double) -> Bool {
        state.withLock { state in
            let now = Date()
            guard now.timeIntervalSince(state.lastShown) >= interval else { return false }
            state.lastShown = now
            return true
        }
    }

    private func say(_ text: String) { StandardStreams.say(text) }
}
