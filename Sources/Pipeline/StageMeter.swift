import Dispatch
import Frames

/// Times one stage's work and watches its queue. Any thread may use it.
final class StageMeter: Sendable {
    private struct State {
        var durations = DurationHistogram()
        /// Waiting for room in the next stage's queue during the item at work.
        var waitedSeconds = 0.0
        var queued = 0
        var mostQueued = 0
        var queuedSum = 0
        var entries = 0
    }

    let name: String
    private let state = Protected(State())

    init(name: String) { self.name = name }

    static func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

    func itemEntered() {
        state.withLock {
            $0.queued += 1
            $0.entries += 1
            $0.queuedSum += $0.queued
            $0.mostQueued = max($0.mostQueued, $0.queued)
        }
    }

    func itemLeft() { state.withLock { $0.queued -= 1 } }

    func waited(seconds: Double) { state.withLock { $0.waitedSeconds += seconds } }

    /// Runs `work` and books its time, less what it spent waiting for the next stage.
    func measure<Result>(_ work: () throws -> Result) rethrows -> Result {
        state.withLock { $0.waitedSeconds = 0 }
        let begin = Self.now()
        defer {
            let spent = Self.now() - begin
            state.withLock { $0.durations.add(seconds: max(0, spent - $0.waitedSeconds)) }
        }
        return try work()
    }

    func report(wallSeconds: Double) -> StageReport {
        state.withLock { state in
            StageReport(
                name: name, items: state.durations.count,
                p50Milliseconds: state.durations.percentile(0.5) * 1000,
                p95Milliseconds: state.durations.percentile(0.95) * 1000,
                shareOfWallTime: wallSeconds > 0 ? state.durations.totalSeconds / wallSeconds : 0,
                meanQueued: state.entries > 0 ? Double(state.queuedSum) / Double(state.entries) : 0,
                mostQueued: state.mostQueued)
        }
    }
}
