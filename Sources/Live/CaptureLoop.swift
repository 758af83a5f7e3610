import Frames

/// The beginning of a show: keeps the camera open while it is wanted, hands its pictures on, and opens it again when it
/// was lost. `run` is for the capturing queue.
final class CaptureLoop: @unchecked Sendable {
    // Sendable: what is not behind `facts` is touched on the capturing queue only.
    private struct Facts {
        var name: String?
        var lostFrames = 0
    }

    private let open: @Sendable () throws -> any LiveSource
    private let show: Protected<Show>
    private let meter: LiveMeter
    private let problems: ProblemBoard
    private let timing: LiveTiming
    private let facts = Protected(Facts())
    private var source: (any LiveSource)?
    private var lastFrameSeconds = 0.0
    /// Of the sources before this one.
    private var lostBefore = 0

    init(
        open: @escaping @Sendable () throws -> any LiveSource, show: Protected<Show>, meter: LiveMeter,
        problems: ProblemBoard, timing: LiveTiming
    ) {
        self.open = open
        self.show = show
        self.meter = meter
        self.problems = problems
        self.timing = timing
    }

    /// The open camera's name; nil while it is closed.
    var sourceName: String? { facts.withLock { $0.name } }
    var lostFrames: Int { facts.withLock { $0.lostFrames } }

    /// Works until `isStopped`, or until a clip is over.
    func run(isStopped: @Sendable () -> Bool, hand: @Sendable (LivePicture) -> Void) {
        defer { close() }
        while !isStopped() {
            guard show.withLock({ $0.wantsCamera }) else {
                close()
                Monotonic.sleep(seconds: timing.pollSeconds)
                continue
            }
            do {
                guard try step(hand: hand) else { return }
            } catch {
                close()
                show.withLock { _ = $0.handle(.cameraLost, now: Monotonic.now()) }
                problems.report(error, of: .camera)
                rest(isStopped: isStopped)
            }
        }
    }

    /// - Returns: false at the end of a clip.
    private func step(hand: @Sendable (LivePicture) -> Void) throws -> Bool {
        let source = try opened()
        // Taken before the picture is: what draws the curtain while we wait makes the ticket void.
        let ticket = show.withLock { show in
            // A pause may have come and gone without this loop noticing.
            if show.wantsCamera, !show.isCameraOpen { show.handle(.cameraOpened, now: Monotonic.now()) }
            return show.ticket
        }
        switch try source.next(within: timing.pollSeconds) {
        case .ended: return false
        case .frame(let captured):
            lastFrameSeconds = Monotonic.now()
            meter.captured(now: lastFrameSeconds)
            facts.withLock { $0.lostFrames = lostBefore + source.lostFrames }
            hand(LivePicture(captured: captured, ticket: ticket))
        case .nothing:
            guard Monotonic.now() - lastFrameSeconds < timing.silenceSeconds else {
                throw MatteError(
                    .io, "'\(source.name)' gives no pictures any more", advice: "unplug it and plug it in again")
            }
        }
        return true
    }

    private func opened() throws -> any LiveSource {
        if let source { return source }
        let made = try open()
        source = made
        lastFrameSeconds = Monotonic.now()
        facts.withLock { $0.name = made.name }
        problems.clear(.camera, saying: "'\(made.name)' is back")
        return made
    }

    private func close() {
        guard let source else { return }
        lostBefore += source.lostFrames
        self.source = nil
        facts.withLock { $0.name = nil }
    }

    private func rest(isStopped: () -> Bool) {
        let end = Monotonic.now() + timing.retrySeconds
        while Monotonic.now() < end, !isStopped() { Monotonic.sleep(seconds: timing.pollSeconds) }
    }
}
