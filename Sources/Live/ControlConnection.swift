import Dispatch
import Frames
import Glibc

/// One client of the control socket. Used on the server's queue only, but for `answer`.
final class ControlConnection: @unchecked Sendable {
    // Sendable: `received` is touched on `queue` only.
    private let socket: Descriptor
    private let source: any DispatchSourceRead
    private let queue: DispatchQueue
    /// Where requests are answered, one after the other.
    private let work = DispatchQueue(label: "matte.live.request")
    private let answer: @Sendable (ControlRequest) -> ControlReply
    private let closed: @Sendable (ControlConnection) -> Void
    private var received: [UInt8] = []

    /// - Parameter closed: called when the client has gone.
    init(
        _ socket: Descriptor, queue: DispatchQueue,
        answer: @escaping @Sendable (ControlRequest) -> ControlReply,
        closed: @escaping @Sendable (ControlConnection) -> Void
    ) {
        self.socket = socket
        self.queue = queue
        self.answer = answer
        self.closed = closed
        source = DispatchSource.makeReadSource(fileDescriptor: socket.number, queue: queue)
    }

    func start() {
        source.setEventHandler { [weak self] in self?.read() }
        let socket = socket
        source.setCancelHandler { withExtendedLifetime(socket) {} }
        source.resume()
    }

    func stop() { source.cancel() }

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket.number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else { return finish() }
        received += buffer[..<count]
        while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
            let line = Array(received[..<end])
            received.removeSubrange(...end)
            take(line)
        }
        if received.count > ControlLine.mostBytes {
            send(ControlReply(MatteError(.usage, "a line of more than \(ControlLine.mostBytes) bytes is no request")))
            finish()
        }
    }

    private func take(_ line: [UInt8]) {
        let request: ControlRequest
        do throws(MatteError) {
            request = try ControlRequest(line: line)
        } catch {
            return send(ControlReply(error))
        }
        work.async { [self] in
            let reply = answer(request)
            queue.async { self.send(reply) }
        }
    }

    /// Answers one client too many, before it has asked.
    static func turnAway(_ socket: Descriptor) {
        send(
            ControlReply(
                MatteError(.missingPart, "too many programs talk to this 'matte live' at a time", advice: "try again")),
            to: socket)
    }

    private func send(_ reply: ControlReply) { Self.send(reply, to: socket) }

    /// A client that does not read its answers loses them.
    private static func send(_ reply: ControlReply, to socket: Descriptor) {
        let line = ControlLine.encoded(reply)
        _ = line.withUnsafeBytes {
            Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
    }

    private func finish() {
        source.cancel()
        closed(self)
    }
}
