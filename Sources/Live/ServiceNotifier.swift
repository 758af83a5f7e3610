import Frames
import Glibc

/// Tells systemd how the service is: ready, alive, ending (sd_notify(3): a datagram to $NOTIFY_SOCKET). Does nothing
/// where systemd did not start the program. Any thread may use it.
public final class ServiceNotifier: Sendable {
    private let address: SocketAddress?
    private let socket: Descriptor?
    /// Half of what systemd allows between two signs of life; nil where it does not watch.
    private let watchdogSeconds: Double?
    private let lastSign = Protected(0.0)

    public init(environment: [String: String]) {
        address = environment["NOTIFY_SOCKET"].flatMap(SocketAddress.init(notifySocket:))
        socket = address.flatMap { _ in
            Descriptor(Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
        }
        let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        watchdogSeconds = isForUs ? environment["WATCHDOG_USEC"].flatMap(Double.init).map { $0 * 1e-6 / 2 } : nil
    }

    public func ready() { send("READY=1") }
    public func stopping() { send("STOPPING=1") }
    public func status(_ words: String) { send("STATUS=\(words)") }

    /// To be called again and again by what has to go on for the service to be of use.
    public func alive() {
        guard let watchdogSeconds else { return }
        let now = Monotonic.now()
        let isDue = lastSign.withLock { last in
            guard now - last >= watchdogSeconds else { return false }
            last = now
            return true
        }
        if isDue { send("WATCHDOG=1") }
    }

    private func send(_ message: String) {
        guard let socket, let address else { return }
        let bytes = Array(message.utf8)
        _ = address.with { pointer, length in
            sendto(socket.number, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), pointer, length)
        }
    }
}
