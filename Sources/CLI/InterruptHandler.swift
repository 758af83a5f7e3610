import Dispatch
import Foundation
import MatteKit

/// First Ctrl-C (or SIGTERM): stop cleanly. Second: exit at once.
final class InterruptHandler {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter secondStatus: exit status after the second signal.
    init(secondStatus: Int32 = MatteError.Kind.interrupted.rawValue, _ onFirst: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "matte.signals")
        let count = Counter()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if count.next() > 1 { _exit(secondStatus) }
                onFirst()
            }
            source.resume()
            return source
        }
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
