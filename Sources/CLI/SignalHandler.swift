import Dispatch
import MatteKit

/// Signals of some numbers, from the end of `init` on; none is lost until there is something to do about them.
final class SignalHandler: @unchecked Sendable {
    // Sendable: the sources are made at the beginning and cancelled at the end; cancelling may come from any thread.

    private struct State {
        var handle: (@Sendable () -> Void)?
        var isPending = false
    }

    private let queue = DispatchQueue(label: "matte.signals")
    private let sources: [any DispatchSourceSignal]
    private let state = Protected(State())

    init(_ numbers: Int32...) {
        // Until a source is at work, a signal does what it does to any program. Ignored, it would be lost, and a program
        // that is asked to end at its very beginning would run to its end.
        let begun = DispatchSemaphore(value: 0)
        let (queue, state) = (queue, state)
        sources = numbers.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setRegistrationHandler { begun.signal() }
            source.setEventHandler {
                let handle = state.withLock { state in
                    state.isPending = state.handle == nil
                    return state.handle
                }
                handle?()
            }
            source.resume()
            return source
        }
        for _ in sources { begun.wait() }
    }

    /// Calls a closure for every signal from now on, and for those that came meanwhile; always on one queue.
    func handle(_ handle: @escaping @Sendable () -> Void) {
        queue.async { [state] in
            let isPending = state.withLock { state in
                defer { state = State(handle: handle) }
                return state.isPending
            }
            if isPending { handle() }
        }
    }

    func stop() {
        for source in sources { source.cancel() }
    }
}
