import Frames
import Pipeline

/// A stage of the show whose time is measured.
enum LiveStageName: String, CaseIterable, Sendable {
    case matting
    case compositing
    case writing
}

/// Why a captured picture was never shown.
enum DropReason: String, CaseIterable, Sendable {
    /// A newer one came while the network was at work.
    case matting
    /// A newer one came while the compositor was at work.
    case compositing
    /// A newer one was composited before it was time to write.
    case output
    /// The network had not seen enough pictures, or they went into a plate.
    case settling
    /// Paused, or the camera was lost, while it was on its way.
    case outdated
    case failed
}

/// Counts and times of one show. Any thread may use it; memory does not grow.
final class LiveMeter: Sendable {
    private struct State {
        var captured = 0
        var written = 0
        var shown = 0
        /// Composited since the last one was shown.
        var unshown = 0
        var captureRate = RecentRate()
        var writeRate = RecentRate()
        var shownRate = RecentRate()
        var latency = RecentTimes()
        var wholeLatency = DurationHistogram()
        var stages: [LiveStageName: RecentTimes] = [:]
        var drops: [DropReason: Int] = [:]
    }

    private let begin = Monotonic.now()
    private let state = Protected(State())

    func captured(now: Double) {
        state.withLock {
            $0.captured += 1
            $0.captureRate.add(at: now)
        }
    }

    func composited() { state.withLock { $0.unshown += 1 } }

    /// - Parameter capturedAt: of a picture that is shown for the first time; nil for a repeated one or a card.
    func wrote(now: Double, capturedAt: Double?) {
        state.withLock { state in
            state.written += 1
            state.writeRate.add(at: now)
            guard let capturedAt else { return }
            state.shown += 1
            state.drops[.output, default: 0] += max(0, state.unshown - 1)
            state.unshown = 0
            state.shownRate.add(at: now)
            state.latency.add(now - capturedAt)
            state.wholeLatency.add(seconds: now - capturedAt)
        }
    }

    func dropped(_ reason: DropReason) { state.withLock { $0.drops[reason, default: 0] += 1 } }

    /// Runs `work` and books its time.
    func measure<Result>(_ stage: LiveStageName, _ work: () throws -> Result) rethrows -> Result {
        let start = Monotonic.now()
        defer {
            let seconds = Monotonic.now() - start
            state.withLock { $0.stages[stage, default: RecentTimes()].add(seconds) }
        }
        return try work()
    }

    func figures(now: Double) -> LiveFigures {
        state.withLock { state in
            func milliseconds(_ times: RecentTimes?, _ fraction: Double) -> Double? {
                times?.percentile(fraction).map { $0 * 1000 }
            }
            let whole = state.wholeLatency
            return LiveFigures(
                seconds: now - begin, capturedFrames: state.captured, shownFrames: state.shown,
                writtenFrames: state.written, capturedPerSecond: state.captureRate.perSecond(now: now),
                shownPerSecond: state.shownRate.perSecond(now: now),
                writtenPerSecond: state.writeRate.perSecond(now: now),
                latency: LiveFigures.Times(
                    p50Milliseconds: milliseconds(state.latency, 0.5),
                    p95Milliseconds: milliseconds(state.latency, 0.95)),
                wholeLatency: LiveFigures.Times(
                    p50Milliseconds: whole.count > 0 ? whole.percentile(0.5) * 1000 : nil,
                    p95Milliseconds: whole.count > 0 ? whole.percentile(0.95) * 1000 : nil),
                stages: Dictionary(
                    uniqueKeysWithValues: LiveStageName.allCases.map { stage in
                        let times = state.stages[stage]
                        return (
                            stage.rawValue,
                            LiveFigures.Times(
                                p50Milliseconds: milliseconds(times, 0.5), p95Milliseconds: milliseconds(times, 0.95))
                        )
                    }),
                drops: Dictionary(uniqueKeysWithValues: DropReason.allCases.map { ($0.rawValue, state.drops[$0] ?? 0) })
            )
        }
    }
}
