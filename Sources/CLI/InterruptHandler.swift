import Foundation
import MatteKit

/// First Ctrl-C (or SIGTERM): stop cleanly. Second: exit at once.
final class InterruptHandler: Sendable {
    private let signals = SignalHandler(SIGINT, SIGTERM)

    /// - Parameter secondStatus: exit status after the second signal.
    init(secondStatus: Int32 = MatteError.Kind.interrupted.rawValue, _ onFirst: @escaping @Sendable () -> Void) {
        let isSecond = Protected(false)
        signals.handle {
            let isSecond = isSecond.withLock { isSecond in
                defer { isSecond = true }
                return isSecond
            }
            if isSecond { _exit(secondStatus) }
            onFirst()
        }
    }

    func stop() { signals.stop() }
}
