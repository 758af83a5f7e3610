import Frames

/// When the pictures of a clip are due that is shown again and again. A value without a clock of its own; seconds of the
/// clip, and of the clock.
struct ClipClock {
    /// A picture's time, and the moment at which it is due.
    private var origin: (clip: Double, clock: Double)?
    /// The picture that was last due.
    private var last: (clip: Double, clock: Double)?
    /// For which it is shown. Where a clip does not say, the time since the picture before it.
    private(set) var frameSeconds = 0.04

    /// The first picture of all is due at once, the first of another round when the last of the round before is over.
    mutating func dueTime(of seconds: Double, now: Double) -> Double {
        let origin = origin ?? (seconds, last.map { $0.clock + frameSeconds } ?? now)
        self.origin = origin
        return origin.clock + seconds - origin.clip
    }

    /// The picture has had its time.
    mutating func passed(_ frame: Frame) {
        let seconds = frame.timestamp.seconds
        guard let origin else { return }
        if frame.duration > 0 {
            frameSeconds = Double(frame.duration) * frame.timestamp.timeBase.doubleValue
        } else if let last, seconds > last.clip {
            frameSeconds = seconds - last.clip
        }
        last = (seconds, origin.clock + seconds - origin.clip)
    }

    /// The clip begins again.
    mutating func beginRound() { origin = nil }

    /// The clock stood still: the picture is due now, and the others after it.
    mutating func restart(at seconds: Double, now: Double) {
        origin = (seconds, now)
        last = origin
    }
}
