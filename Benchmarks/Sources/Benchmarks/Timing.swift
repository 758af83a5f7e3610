import Dispatch
import Foundation

/// How long something takes, in milliseconds.
struct Timing: Codable {
    let median: Double
    let best: Double

    /// Runs `body` until `seconds` have passed, at least five times, after a first run that does not count.
    static func of(seconds: Double = 0.6, _ body: () throws -> Void) rethrows -> Timing {
        let clock = ContinuousClock()
        try body()
        var times: [Double] = []
        let start = clock.now
        while times.count < 5 || clock.now - start < .seconds(seconds) {
            times.append(try clock.measure(body) / .milliseconds(1))
        }
        times.sort()
        return Timing(median: times[times.count / 2], best: times[0])
    }
}

/// The yardstick: memory that is copied, by as many threads as work on a picture.
final class Copying {
    private let source: UnsafeMutableRawPointer
    private let target: UnsafeMutableRawPointer
    private let byteCount: Int

    init(byteCount: Int) {
        self.byteCount = byteCount
        source = .allocate(byteCount: byteCount, alignment: 64)
        target = .allocate(byteCount: byteCount, alignment: 64)
        source.initializeMemory(as: UInt8.self, repeating: 1, count: byteCount)
        target.initializeMemory(as: UInt8.self, repeating: 2, count: byteCount)
    }

    deinit {
        source.deallocate()
        target.deallocate()
    }

    func run() {
        let bands = 16
        let (from, to) = (Address(source), Address(target))
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
