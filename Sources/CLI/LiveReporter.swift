import Dispatch
import Live
import MatteKit

/// Looks at a show twice a second: keeps the display up to date, and says when the show turns to the card or back.
final class LiveReporter {
    private let timer: any DispatchSourceTimer

    init(console: Console, service: ServiceNotifier, status: @escaping @Sendable () -> LiveStatus) {
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "matte.live.report"))
        let before = Protected("")
        timer.schedule(deadline: .now() + 0.5, repeating: 0.5)
        timer.setEventHandler {
            let status = status()
            let text = LiveStatusText(status)
            let hasChanged = before.withLock { before in
                defer { before = text.state }
                return before != text.state
            }
            if hasChanged { service.status(text.state) }
            console.live(status, hasChanged: hasChanged)
        }
        timer.resume()
    }

    func stop() { timer.cancel() }
}
