import Frames

/// The end of a show: at every tick of the output's clock it writes what the show says, the newest composited picture
/// or the card. `tick` and `end` are for the writing queue.
final class LiveWriter: @unchecked Sendable {
    // Sendable: what is not behind `cards` is touched on the writing queue only.
    private struct Cards: Sendable {
        var standby: Frame
        /// Shown while a plate is taken; nil for the standby card.
        var count: Frame?
        /// The sink has not been told of the standby card.
        var isNew = true
    }

    private let sink: any LiveSink
    private let show: Protected<Show>
    private let meter: LiveMeter
    private let cards: Protected<Cards>
    private let observe: @Sendable (Frame) -> Void
    private var lastShown: Double?
    private var ticks: Int64 = 0
    private let tickTimeBase: Rational

    /// - Parameters:
    ///   - rate: ticks per second; the frames' time stamps count them.
    ///   - observe: given everything that was written.
    init(
        sink: any LiveSink, show: Protected<Show>, card: Frame, rate: Rational, meter: LiveMeter,
        observe: @escaping @Sendable (Frame) -> Void
    ) {
        self.sink = sink
        self.show = show
        cards = Protected(Cards(standby: card))
        tickTimeBase = Rational(rate.denominator, rate.numerator)
        self.meter = meter
        self.observe = observe
    }

    /// Shown from the next time on that the card is due.
    func setCard(_ card: Frame) { cards.withLock { ($0.standby, $0.isNew) = (card, true) } }

    /// What counts down while a plate is taken; nil when that is over.
    func setCount(_ card: Frame?) { cards.withLock { $0.count = card } }

    /// Writes one picture.
    func tick(now: Double) throws {
        let kept = cards.withLock { cards -> Frame? in
            defer { cards.isNew = false }
            return cards.isNew ? cards.standby : nil
        }
        if let kept { sink.keep(kept) }
        switch show.withLock({ $0.shown(now: now) }) {
        case .standby(let reason):
            let cards = cards.withLock { $0 }
            try write((reason == .takingPlate ? cards.count : nil) ?? cards.standby, capturedAt: nil)
        case .picture(let picture):
            let isNew = picture.capturedSeconds != lastShown
            lastShown = picture.capturedSeconds
            try write(picture.frame, capturedAt: isNew ? picture.capturedSeconds : nil)
        }
    }

    /// Writes the card as the last thing, and ends the output.
    func end() throws {
        try write(cards.withLock { $0.standby }, capturedAt: nil)
        try sink.finish()
    }

    private func write(_ picture: Frame, capturedAt: Double?) throws {
        var frame = picture
        frame.timestamp = Timestamp(ticks: ticks, timeBase: tickTimeBase)
        frame.duration = 1
        ticks += 1
        try meter.measure(.writing) { try sink.write(frame) }
        meter.wrote(now: Monotonic.now(), capturedAt: capturedAt)
        observe(frame)
    }
}
