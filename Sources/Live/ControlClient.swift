import Foundation
import Frames
import Glibc

/// Asks a running show for something.
public enum ControlClient {
    /// Sends the request and waits for the answer.
    ///
    /// - Throws: `.missingPart` where no show listens, `.io` where it does not answer, and the show's own refusal.
    public static func ask(_ request: ControlRequest, at path: String, within seconds: Int = 30) throws -> ControlReply
    {
        let address = try SocketAddress(path: path)
        guard let socket = ListeningSocket.makeSocket() else {
            throw MatteError(.internal, "no socket can be made")
        }
        guard address.with({ connect(socket.number, $0, $1) == 0 }) else {
            throw MatteError(
                .missingPart, "no 'matte live' listens on '\(path)'",
                advice: "start one, or say where with --control")
        }
        var wait = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(socket.number, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        let line = ControlLine.encoded(request)
        // A show that has too many clients answers without having read this.
        _ = line.withUnsafeBytes {
            send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard let reply = try? JSONDecoder().decode(ControlReply.self, from: answer(from: socket))
        else { throw MatteError(.io, "'matte live' on '\(path)' did not answer", advice: "look at what it says") }
        if let error = reply.error {
            throw MatteError(reply.exitStatus.flatMap(MatteError.Kind.init) ?? .internal, error)
        }
        return reply
    }

    private static func answer(from socket: Descriptor) -> Data {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while received.last != UInt8(ascii: "\n") {
            let count = recv(socket.number, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        return Data(received)
    }
}
