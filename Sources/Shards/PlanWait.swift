import Foundation
public import Frames

/// Waits for workers, by looking at the files that they leave.
public enum PlanWait {
    /// Pauses between two looks: short for a plan that is nearly done, long for shared storage.
    private static let shortestPause = 0.2
    private static let longestPause = 10.0

    /// Returns when every shard is done or has failed for good, or time is over.
    ///
    /// - Parameters:
    ///   - timeoutSeconds: nil waits for as long as it takes. A shard whose worker was killed and is not started again is
    ///     never settled.
    ///   - look: called with what was seen, each time.
    /// - Returns: what was seen last.
    /// - Throws: `.interrupted`.
    public static func untilSettled(
        _ plan: ShardPlan, timeoutSeconds: Double? = nil, isCancelled: () -> Bool = { false },
        look: (PlanStatus) -> Void = { _ in }
    ) throws(MatteError) -> PlanStatus {
        let begin = ContinuousClock.now
        var pause = shortestPause
        while true {
            let status = PlanStatus(of: plan)
            look(status)
            let waited = (ContinuousClock.now - begin) / .seconds(1)
            if status.isSettled || waited >= timeoutSeconds ?? .infinity { return status }
            let end = ContinuousClock.now + .seconds(min(pause, (timeoutSeconds ?? .infinity) - waited))
            while ContinuousClock.now < end {
                if isCancelled() {
                    throw MatteError(.interrupted, "interrupted while shards are not done", advice: "wait again")
                }
                Thread.sleep(forTimeInterval: 0.05)
            }
            pause = min(pause * 2, longestPause)
        }
    }
}

extension PlanStatus {
    /// Whether no shard is left to wait for: each is done or has failed for good.
    public var isSettled: Bool { failures.count { !$0.isWorthRetrying } == open.count }

    /// What waiting for the plan ends with; nil where all is done.
    ///
    /// `.badInput` where a shard has failed for good, `.tryAgain` where some are still open.
    public var verdict: MatteError? {
        guard !open.isEmpty else { return nil }
        guard let failure = failures.first(where: { !$0.isWorthRetrying }) else {
            return MatteError(.tryAgain, "\(open.count) of \(shards) shards are not done", advice: "wait longer")
        }
        return MatteError(.badInput, "shard \(failure.shard) failed for good: \(failure.message)")
    }
}
