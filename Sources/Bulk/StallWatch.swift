/// Tells a worker that hangs from one that is slow.
///
/// A worker says something after a picture, and while it works on one, however long that takes, it uses the processor. One that
/// does neither waits for something that does not come, such as a lock or a device that hangs.
struct StallWatch {
    /// Nil waits for ever.
    let limitSeconds: Double?
    private var quietSeconds = 0.0
    private var usedSeconds = 0.0
    private var lastLook: Double?

    /// Less is what a process uses that only wakes now and then.
    private static let leastUseSeconds = 0.1
    /// More time between two looks was no time in which the worker could be seen at work: this program was stopped, or the
    /// machine slept.
    private static let longestStepSeconds = 1.0

    init(limitSeconds: Double?) { self.limitSeconds = limitSeconds }

    /// - Parameters:
    ///   - now: in seconds, of any clock.
    ///   - usedSeconds: the processor time that the worker has used so far; nil where that cannot be known.
    ///   - hasSpoken: whether it said something since the last look.
    /// - Returns: whether it has done nothing for too long.
    mutating func isStalled(now: Double, usedSeconds used: Double?, hasSpoken: Bool) -> Bool {
        let step = min(max(0, now - (lastLook ?? now)), Self.longestStepSeconds)
        lastLook = now
        guard let limitSeconds, let used else { return false }
        if hasSpoken || used - usedSeconds >= Self.leastUseSeconds {
            (quietSeconds, usedSeconds) = (0, used)
        } else {
            quietSeconds += step
        }
        return quietSeconds >= limitSeconds
    }

    /// Begins anew: there is a reason for which it does nothing.
    mutating func forgive() { quietSeconds = 0 }
}
