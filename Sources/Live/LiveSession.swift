import Compositing
import Dispatch
public import Frames

/// A running show: capture → matte → composite → write, each on a queue of its own, the newest picture first.
///
/// `run` blocks; everything else may be called from any thread. An object runs once.
public final class LiveSession: Sendable {
    let show: Protected<Show>
    let meter = LiveMeter()
    let problems: ProblemBoard
    let capture: CaptureLoop
    let matter: LiveMatter
    let renderer: LiveRenderer
    let writer: LiveWriter
    let output: LiveStatus.Output
    private let audience: (any Audience)?
    let timing: LiveTiming
    private let ending = Protected(Ending())
    private let hasEnded = DispatchSemaphore(value: 0)

    /// Makes the standby card; nothing is shown or opened yet.
    ///
    /// - Parameter notice: hears what a person should know but what stops nothing; called from any thread.
    /// - Throws: what opening the card's picture throws.
    public init(_ parts: LiveParts, notice: @escaping NoticeHandler = { _ in }) throws {
        let card = try StandbyCard(
            parts.standby, behind: parts.background.spec, fit: parts.background.fit, target: parts.target,
            notice: notice
        ).saying(parts.standby.text)
        timing = parts.timing
        audience = parts.audience
        show = Protected(Show(isWatched: parts.audience == nil, staleSeconds: parts.timing.staleSeconds))
        problems = ProblemBoard(notice: notice)
        capture = CaptureLoop(
            open: parts.openSource, show: show, meter: meter, problems: problems, timing: parts.timing)
        matter = LiveMatter(
            parts.network, plate: parts.plate, size: parts.target.size, targetRate: parts.targetRate,
            isMirrored: parts.isMirrored, retrySeconds: parts.timing.retrySeconds, problems: problems, notice: notice)
        renderer = LiveRenderer(parts.background, target: parts.target, problems: problems)
        writer = LiveWriter(
            sink: parts.sink, show: show, card: card, rate: parts.rate, meter: meter, observe: parts.observe)
        output = LiveStatus.Output(
            name: parts.sink.name, width: parts.target.size.width, height: parts.target.size.height,
            framesPerSecond: parts.rate.doubleValue)
    }

    /// Ends the show soon: the card is the last thing shown.
    public func stop() { end(nil) }

    /// Shows until `stop`, until a clip that stands in for the camera is over, or until the output breaks.
    ///
    /// - Throws: what the output threw.
    public func run() throws {
        let done = DispatchGroup()
        let ticker = startWriting(in: done)
        let follower = startFollowing()
        startCapturing(in: done)
        hasEnded.wait()
        follower?.cancel()
        ticker.cancel()
        done.wait()
        if let cause = ending.withLock({ $0.cause }) { throw cause }
    }

    /// Whether `run` is on its way out, or out.
    public var isStopped: Bool { ending.withLock { $0.isStopped } }

    private struct Ending {
        var isStopped = false
        /// Nil where the end was asked for.
        var cause: (any Error)?
    }

    private func end(_ cause: (any Error)?) {
        show.withLock { _ = $0.handle(.ended, now: Monotonic.now()) }
        ending.withLock {
            $0.isStopped = true
            $0.cause = $0.cause ?? cause
        }
        hasEnded.signal()
    }

    private func startCapturing(in done: DispatchGroup) {
        let (meter, show, matter, renderer, problems) = (meter, show, matter, renderer, problems)
        // A stage that fails draws the curtain; pictures that were on their way before stay behind it.
        @Sendable func failed(_ error: any Error, _ ticket: Show.Ticket) {
            meter.dropped(.failed)
            if show.withLock({ $0.handle(.failed(ticket), now: Monotonic.now()) }) {
                problems.report(error, of: .matting)
            }
        }
        let composite = NewestWinsStage<LivePicture.Matted>(
            name: "composite", replaced: { meter.dropped(.compositing) }
        ) { matted in
            do {
                let picture = try meter.measure(.compositing) { try renderer.render(matted) }
                let counts = show.withLock {
                    $0.handle(.composited(picture, matted.ticket), now: Monotonic.now())
                }
                guard counts else { return meter.dropped(.outdated) }
                meter.composited()
                problems.clear(.matting, saying: "the show goes on")
            } catch {
                failed(error, matted.ticket)
            }
        }
        let matte = NewestWinsStage<LivePicture>(name: "matte", replaced: { meter.dropped(.matting) }) { picture in
            do {
                let matted = try meter.measure(.matting) { try matter.matte(picture) }
                guard let matted else { return meter.dropped(.settling) }
                composite.offer(matted)
            } catch {
                failed(error, picture.ticket)
            }
        }
        DispatchQueue(label: "matte.live.capture", qos: .userInteractive).async(group: done) { [self] in
            capture.run(isStopped: { self.isStopped }, hand: { matte.offer($0) })
            matte.drain()
            composite.drain()
            end(nil)
        }
    }

    /// The output has a clock of its own: it ticks whatever the camera does.
    private func startWriting(in done: DispatchGroup) -> any DispatchSourceTimer {
        let queue = DispatchQueue(label: "matte.live.write", qos: .userInteractive)
        let ticker = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
        let interval = 1 / output.framesPerSecond
        ticker.schedule(deadline: .now(), repeating: interval, leeway: .nanoseconds(0))
        ticker.setEventHandler { [self] in
            guard !isStopped else { return }
            do { try writer.tick(now: Monotonic.now()) } catch { end(error) }
        }
        done.enter()
        ticker.setCancelHandler { [self] in
            // After an error of the output itself the card cannot be written either.
            do { try writer.end() } catch { end(error) }
            done.leave()
        }
        ticker.resume()
        return ticker
    }

    private func startFollowing() -> (any DispatchSourceTimer)? {
        guard let audience else { return nil }
        let queue = DispatchQueue(label: "matte.live.audience")
        let timer = DispatchSource.makeTimerSource(queue: queue)
        let follower = Protected(AudienceFollower(lingerSeconds: timing.lingerSeconds))
        let show = show
        timer.schedule(deadline: .now(), repeating: timing.pollSeconds)
        timer.setEventHandler {
            let now = Monotonic.now()
            let isPresent = audience.isPresent
            guard let watched = follower.withLock({ $0.saw(isPresent: isPresent, now: now) }) else { return }
            show.withLock { _ = $0.handle(watched ? .watched : .unwatched, now: now) }
        }
        timer.resume()
        return timer
    }
}
