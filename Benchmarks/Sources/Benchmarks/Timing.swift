import Dispatch
import Foundation

/// How long something takes, in milliseconds.
struct Timing: Codable {
    let median: Double
    let best: Double
    /// Of all threads together; what other programs do meanwhile hardly shows in it. Nil where it was not looked at.
    let processor: Double?

    /// Runs `body` until `seconds` have passed, at least five times, after a first run that does not count.
    static func of(seconds: Double, _ body: () throws -> Void) rethrows -> Timing {
        let clock = ContinuousClock()
        try body()
        var times: [Double] = []
        let start = clock.now
        let processorStart = processorMilliseconds()
        while times.count < 5 || clock.now - start < .seconds(seconds) {
            times.append(try clock.measure(body) / .milliseconds(1))
        }
        let processor = (processorMilliseconds() - processorStart) / Double(times.count)
        times.sort()
        return Timing(median: times[times.count / 2], best: times[0], processor: processor)
    }

    /// The median of medians, the best of all, and the least processor time.
    init(of timings: [Timing]) {
        self.init(
            median: timings.map(\.median).sorted()[timings.count / 2], best: timings.map(\.best).min() ?? 0,
            processor: timings.compactMap(\.processor).min())
    }

    init(median: Double, best: Double, processor: Double? = nil) {
        (self.median, self.best, self.processor) = (median, best, processor)
    }

    /// Of the whole process so far.
    static func processorMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}

/// The yardstick: memory that is copied, by as many threads as work on a picture, and like a clip's pictures not found in
/// the processor's caches.
final class Copying {
    private let sources: [UnsafeMutableRawPointer]
    private let targets: [UnsafeMutableRawPointer]
    private let byteCount: Int
    private var turn = 0

    /// More bytes than caches hold.
    static let spreadBytes = 192 << 20

    init(byteCount: Int) {
        self.byteCount = byteCount
        let count = max(2, Self.spreadBytes / max(byteCount, 1) / 2)
        func memory(_ value: UInt8) -> [UnsafeMutableRawPointer] {
            (0..<count).map { _ in
                let block = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
                block.initializeMemory(as: UInt8.self, repeating: value, count: byteCount)
                return block
            }
        }
        sources = memory(1)
        targets = memory(2)
    }

    deinit { for block in sources + targets { block.deallocate() } }

    func run() {
        let bands = 16
        let (from, to) = (Address(sources[turn]), Address(targets[turn]))
        turn = (turn + 1) % sources.count
        let count = byteCount
        DispatchQueue.concurrentPerform(iterations: bands) { band in
            let start = count * band / bands
            (to.pointer + start).copyMemory(from: from.pointer + start, byteCount: count * (band + 1) / bands - start)
        }
    }

    private struct Address: @unchecked Sendable {
        // Sendable: each band has its own bytes.
        let pointer: UnsafeMutableRawPointer
        init(_ pointer: UnsafeMutableRawPointer) { self.pointer = pointer }
    }
}
