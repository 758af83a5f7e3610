import Dispatch
import Foundation
import MatteKit

/// First Ctrl-C (or SIGTERM): stop cleanly. Second: exit at once.
final class InterruptHandler: @unchecked Sendable {
    // Sendable: the sources are made at the beginning and cancelled at the end; cancelling may come from any thread.

    private let sources: [any DispatchSourceSignal]

    /// - Parameter secondStatus: exit status after the second signal.
    init(secondStatus: Int32 = MatteError.Kind.interrupted.rawValue, _ onFirst: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "matte.signals")
        let count = Counter()
        // Until a source is at work, a signal ends the process, which has made nothing yet. Ignored, it would be lost,
        // and a program that is asked to end at its very beginning would run to its end.
        let begun = DispatchSemaphore(value: 0)
        sources = [SIGINT, SIGTERM].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setRegistrationHandler { begun.signal() }
            source.setEventHandler {
                if count.next() > 1 { _exit(secondStatus) }
                onFirst()
            }
            source.resume()
            return source
        }
        for _ in sources { begun.wait() }
    }

    func stop() {
        for source in sources { source.cancel() }
    }

    /// Counts signals; only the signal queue touches it.
    private final class Counter: @unchecked Sendable {
        private var value = 0

        func next() -> Int {
            value += 1
            return value
        }
    }
}
