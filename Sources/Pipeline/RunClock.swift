import Glibc
import Synchronization

/// Counts frames and time of one run. Any thread may use it.
final class RunClock: Sendable {
    private let begin = StageMeter.now()
    private let expectedFrames: Int?
    private let frames = Atomic<Int>(0)
    private let damagedPackets = Atomic<Int>(0)

    init(expectedFrames: Int?) { self.expectedFrames = expectedFrames }

    func sawDamage(_ count: Int) { damagedPackets.store(count, ordering: .relaxed) }

    func frameDone() -> RunProgress {
        RunProgress(
            frames: frames.add(1, ordering: .relaxed).newValue, expectedFrames: expectedFrames,
            damagedPackets: damagedPackets.load(ordering: .relaxed), elapsedSeconds: StageMeter.now() - begin)
    }

    func report(shots: Int, damagedPackets: Int, meters: [StageMeter]) -> PipelineReport {
        let wall = StageMeter.now() - begin
        let frames = frames.load(ordering: .relaxed)
        return PipelineReport(
            frames: frames, shots: shots, damagedPackets: damagedPackets, wallSeconds: wall,
            framesPerSecond: wall > 0 ? Double(frames) / wall : 0,
            stages: meters.map { $0.report(wallSeconds: wall) }, peakMemoryBytes: Self.peakMemoryBytes())
    }

    private static func peakMemoryBytes() -> Int {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        return usage.ru_maxrss * 1024
    }
}
