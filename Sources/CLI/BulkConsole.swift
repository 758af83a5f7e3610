import Bulk
import Foundation
import MatteKit

/// What `matte bulk` says while it works: a table on a terminal, lines elsewhere, JSON lines for machines.
///
/// Any thread may call it.
final class BulkConsole: Sendable {
    private struct State {
        var table = BulkTable()
        var lastShown = Date()
    }

    private let quiet: Bool
    private let json: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Protected(State())

    init(quiet: Bool, json: Bool) {
        self.quiet = quiet
        self.json = json
    }

    func tell(_ event: BulkEvent) {
        if case .progress(let progress) = event { return show(progress) }
        if json { return JSONLines.write(BulkEventLine(event)) }
        guard !quiet else { return }
        clear()
        switch event {
        case .planned(let clips, let already):
            say(BulkReport.count(of: clips) + (already > 0 ? ", \(already) of them done before" : ""))
        case .started(let input, _, let attempt):
            if !isTerminal { say("\(input): begun" + (attempt > 1 ? ", attempt \(attempt)" : "")) }
        case .ended(let clip): say(BulkLine.ended(clip))
        case .retrying(let clip): say("\(clip.input): \(clip.reason ?? "failed"); it is tried again later")
        case .notice(let text): say("note: \(text)")
        case .progress: break
        }
    }

    /// `--dry-run`: data, so it goes to standard output.
    func show(_ forecasts: [BulkForecast]) {
        for forecast in forecasts {
            if json { JSONLines.write(forecast) } else { StandardStreams.print(line: BulkLine.forecast(forecast)) }
        }
        let count = forecasts.count { $0.isToDo }
        tell(.notice("\(count) of \(BulkReport.count(of: forecasts.count)) would be done"))
    }

    func finished(_ report: BulkReport, folder: String) {
        clear()
        if json { return JSONLines.write(BulkEventLine(report)) }
        if !quiet { say(BulkLine.summary(report, folder: folder)) }
    }

    /// Takes the table away, so that a message gets lines of its own.
    func clear() {
        let text = state.withLock { $0.table.erase() }
        if !text.isEmpty { StandardStreams.say(text) }
    }

    private func show(_ progress: BulkProgress) {
        // A run that waits for clips has nothing to say.
        guard !quiet || json, isTerminal || !progress.clips.isEmpty else { return }
        let interval = json ? 1 : isTerminal ? 0.1 : 30
        let table: String? = state.withLock { state in
            let now = Date()
            guard now.timeIntervalSince(state.lastShown) >= interval else { return nil }
            state.lastShown = now
            return isTerminal && !json ? state.table.draw(progress) : ""
        }
        guard let table else { return }
        if json {
            JSONLines.write(BulkEventLine(.progress(progress)))
        } else if isTerminal {
            StandardStreams.say(table)
        } else {
            say(BulkLine.total(progress))
        }
    }

    private func say(_ line: String) { StandardStreams.say(line: "matte: " + line) }
}
