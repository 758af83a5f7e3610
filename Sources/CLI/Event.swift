import MatteKit

/// One line of `--json`: `event` says which of the other keys are there.
struct Event: Encodable {
    let event: String
    var message: String?
    var frames: Int?
    var expectedFrames: Int?
    var framesPerSecond: Double?
    var remainingSeconds: Double?
    var damagedPackets: Int?
    var summary: RunSummary?
    var picture: ImageReport.Picture?

    init(event: String, message: String) {
        self.event = event
        self.message = message
    }

    init(_ progress: RunProgress) {
        event = "progress"
        frames = progress.frames
        expectedFrames = progress.expectedFrames
        framesPerSecond = progress.framesPerSecond
        remainingSeconds = progress.remainingSeconds
        damagedPackets = progress.damagedPackets
    }

    init(_ picture: ImageReport.Picture) {
        event = "picture"
        self.picture = picture
    }

    init(_ summary: RunSummary) {
        event = "done"
        self.summary = summary
    }
}
