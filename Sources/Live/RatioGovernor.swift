/// Chooses how small the network works so that the wanted rate is kept.
///
/// It sees how long a picture takes. Where that is too long for a while, the ratio goes down a step; where the step
/// above would leave room for a longer while, it goes up again. A step up that had to be taken back doubles the time
/// until the next try, so that a machine at the limit does not swing. A value without a clock of its own.
struct RatioGovernor {
    /// Each step has about four fifths of the pixels of the one above.
    static let step = 0.9
    /// Shares of a frame's time that the network may take.
    private static let tooMuch = 0.95
    private static let roomy = 0.8
    private static let secondsToLower = 1.0
    private static let secondsToRaise = 8.0
    private static let mostSecondsToRaise = 256.0

    private let frameSeconds: Double
    private let highest: Double
    private let least: Double
    private(set) var ratio: Double
    /// Smoothed over about ten pictures.
    private var busySeconds: Double?
    private var slowSince: Double?
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
        ratio = highest
    }

    /// Takes the time of the network for one picture.
    ///
    /// - Returns: the ratio from now on, where it changes.
    mutating func took(_ seconds: Double, now: Double) -> Double? {
        let busy = busySeconds.map { $0 + 0.1 * (seconds - $0) } ?? seconds
        busySeconds = busy
        if busy > Self.tooMuch * frameSeconds {
            roomySince = nil
            let since = slowSince ?? now
            slowSince = since
            guard now - since >= Self.secondsToLower, ratio > least else { return nil }
            return lower(busy: busy, now: now)
        }
        slowSince = nil
        guard ratio < highest, predicted(busy, at: above) <= Self.roomy * frameSeconds else {
            roomySince = nil
            return nil
        }
        let since = roomySince ?? now
        roomySince = since
        guard now - since >= patienceSeconds else { return nil }
        raisedAt = now
        return change(to: above)
    }

    private var above: Double { min(highest, ratio / Self.step) }

    /// Time goes with the number of pixels. Part of it does not, so the prediction is on the safe side.
    private func predicted(_ busy: Double, at other: Double) -> Double { busy * (other / ratio) * (other / ratio) }

    /// Far beyond the limit several steps are taken at once: every change costs some pictures.
    private mutating func lower(busy: Double, now: Double) -> Double {
        if let raisedAt, now - raisedAt < 2 * patienceSeconds {
            patienceSeconds = min(2 * patienceSeconds, Self.mostSecondsToRaise)
        }
        var lower = max(ratio * Self.step, least)
        while lower > least, predicted(busy, at: lower) > Self.tooMuch * frameSeconds {
            lower = max(lower * Self.step, least)
        }
        return change(to: lower)
    }

    private mutating func change(to ratio: Double) -> Double {
        self.ratio = ratio
        busySeconds = nil
        slowSince = nil
        roomySince = nil
        return ratio
    }
}
