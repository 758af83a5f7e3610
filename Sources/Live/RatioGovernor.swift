import Glibc

/// Chooses how small the network works so that the wanted rate is kept.
///
/// It sees how long the network takes for a picture, and how long what the ratio does not change: the work with a clean
/// plate. Where both together take too long for a while, the ratio goes down a step; where the step above would leave room
/// for a longer while, it goes up again. A step up that had to be taken back doubles the time until the next try, so that
/// a machine at the limit does not swing. Where the rest alone takes the time of a picture, no ratio is small enough, and
/// the network is left what costs little beside the rest. A value without a clock of its own.
struct RatioGovernor {
    /// Each step has about four fifths of the pixels of the one above.
    static let step = 0.9
    /// Shares of a frame's time that network and rest may take.
    private static let tooMuch = 0.95
    private static let roomy = 0.8
    /// The share of the rest's time that the network may always take: less would be a worse matte for hardly more pictures.
    static let always = 0.25
    private static let secondsToLower = 1.0
    private static let secondsToRaise = 8.0
    private static let mostSecondsToRaise = 256.0

    /// Seconds for one picture.
    struct Times: Equatable {
        var network: Double
        var rest: Double

        fileprivate mutating func approach(_ other: Times, by part: Double) {
            network += part * (other.network - network)
            rest += part * (other.rest - rest)
        }
    }

    private let frameSeconds: Double
    private let highest: Double
    private let least: Double
    /// Steps below the highest ratio. Only these ratios are used, so that coming back to one means coming back to the
    /// same pixels.
    private var stepsDown = 0
    /// Smoothed over about ten pictures.
    private var busy: Times?
    private var slowSince: Double?
    private var restSlowSince: Double?
    private var roomySince: Double?
    private var raisedAt: Double?
    private var patienceSeconds = secondsToRaise

    /// - Parameters:
    ///   - targetRate: pictures per second to reach.
    ///   - highest: the ratio that is used as long as the machine keeps up.
    ///   - least: below it a person of usual size is lost.
    init(targetRate: Double, highest: Double, least: Double) {
        frameSeconds = 1 / targetRate
        self.highest = highest
        self.least = min(least, highest)
    }

    var ratio: Double { ratio(stepsDown) }

    private func ratio(_ stepsDown: Int) -> Double { max(highest * pow(Self.step, Double(stepsDown)), least) }

    /// Takes the times of one picture.
    ///
    /// - Returns: the ratio from now on, where it changes.
    mutating func took(_ times: Times, now: Double) -> Double? {
        var busy = busy ?? times
        busy.approach(times, by: 0.1)
        self.busy = busy
        restSlowSince = busy.rest > Self.tooMuch * frameSeconds ? restSlowSince ?? now : nil
        if busy.network > budget(Self.tooMuch, beside: busy.rest) {
            roomySince = nil
            let since = slowSince ?? now
            slowSince = since
            guard now - since >= Self.secondsToLower, ratio > least else { return nil }
            return lower(busy, now: now)
        }
        slowSince = nil
        guard ratio < highest,
            predicted(busy.network, at: ratio(stepsDown - 1)) <= budget(Self.roomy, beside: busy.rest)
        else {
            roomySince = nil
            return nil
        }
        let since = roomySince ?? now
        roomySince = since
        guard now - since >= patienceSeconds else { return nil }
        raisedAt = now
        return change(to: stepsDown - 1)
    }

    /// Whether the rest alone has taken too long for a while: the wanted rate is out of reach for what no ratio changes.
    func isRestTooLong(now: Double) -> Bool { restSlowSince.map { now - $0 >= Self.secondsToLower } ?? false }

    /// The network's part where both together may take `share` of a frame's time.
    private func budget(_ share: Double, beside rest: Double) -> Double {
        max(share * frameSeconds - rest, share * Self.always * rest)
    }

    /// Time goes with the number of pixels. Part of it does not, so the prediction is on the safe side.
    private func predicted(_ seconds: Double, at other: Double) -> Double {
        seconds * (other / ratio) * (other / ratio)
    }

    /// Far beyond the limit several steps are taken at once: every change costs some pictures.
    private mutating func lower(_ busy: Times, now: Double) -> Double {
        if let raisedAt, now - raisedAt < 2 * patienceSeconds {
            patienceSeconds = min(2 * patienceSeconds, Self.mostSecondsToRaise)
        }
        var lower = stepsDown + 1
        while ratio(lower) > least, predicted(busy.network, at: ratio(lower)) > budget(Self.tooMuch, beside: busy.rest)
        {
            lower += 1
        }
        return change(to: lower)
    }

    private mutating func change(to stepsDown: Int) -> Double {
        self.stepsDown = stepsDown
        busy = nil
        slowSince = nil
        roomySince = nil
        return ratio
    }
}
