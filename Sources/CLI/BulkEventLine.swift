import Bulk

/// One line of `matte bulk --json`: `event` says which of the other keys are there.
struct BulkEventLine: Encodable {
    let event: String
    var message: String?
    var clips: Int?
    var already: Int?
    var input: String?
    var output: String?
    var attempt: Int?
    var progress: BulkProgress?
    var clip: ClipOutcome?
    var done: Int?
    var failed: Int?
    var waiting: Int?
    var wallSeconds: Double?

    init(_ event: BulkEvent) {
        switch event {
        case .planned(let clips, let already):
            self.event = "planned"
            self.clips = clips
            self.already = already
        case .started(let input, let output, let attempt):
            self.event = "started"
            self.input = input
            self.output = output
            self.attempt = attempt
        case .progress(let progress):
            self.event = "progress"
            self.progress = progress
        case .ended(let clip):
            self.event = "ended"
            self.clip = clip
        case .retrying(let clip):
            self.event = "retrying"
            self.clip = clip
        case .notice(let message):
            self.event = "notice"
            self.message = message
        }
    }

    /// The last line: how all of it ended.
    init(_ report: BulkReport) {
        event = "done"
        clips = report.total
        done = report.done
        already = report.already
        failed = report.failed
        waiting = report.waiting
        wallSeconds = report.wallSeconds
    }
}
