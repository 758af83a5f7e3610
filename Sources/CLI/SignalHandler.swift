import Dispatch
import Glibc

/// Calls a closure for every signal of one number, on a queue of its own.
final class SignalHandler {
    private let source: any DispatchSourceSignal

    init(_ number: Int32, _ handle: @escaping @Sendable () -> Void) {
        signal(number, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "matte.signal.\(number)"))
        source.setEventHandler(handler: handle)
        source.resume()
    }

    func stop() { source.cancel() }
}
