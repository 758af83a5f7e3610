import Dispatch
import Frames

/// Listens on a Unix socket that only its user may open, and answers one line of JSON with another.
///
/// Whatever comes in, and whoever stays silent, the show goes on: everything happens on a queue of its own. Letting go
/// of the server removes the socket.
final class ControlServer: @unchecked Sendable {
    // Sendable: nothing changes after `init`, and a source may be cancelled from any thread.
    /// Those at the same time; more are turned away.
    private static let mostConnections = 16

    private let listener: ListeningSocket
    private let acceptance: any DispatchSourceRead
    private let connections: Protected<[ObjectIdentifier: ControlConnection]>

    /// - Parameter answer: called for one request of a client at a time, and for several clients at once; may take its
    ///   time.
    init(_ listener: ListeningSocket, answer: @escaping @Sendable (ControlRequest) -> ControlReply) {
        let queue = DispatchQueue(label: "matte.live.control")
        let connections = Protected<[ObjectIdentifier: ControlConnection]>([:])
        let source = DispatchSource.makeReadSource(fileDescriptor: listener.descriptor.number, queue: queue)
        source.setEventHandler {
            guard let accepted = listener.accept() else { return }
            guard connections.withLock({ $0.count }) < Self.mostConnections else {
                return ControlConnection.turnAway(accepted)
            }
            let connection = ControlConnection(accepted, queue: queue, answer: answer) { closed in
                connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(closed)) }
            }
            connections.withLock { $0[ObjectIdentifier(connection)] = connection }
            connection.start()
        }
        source.setCancelHandler { withExtendedLifetime(listener) {} }
        source.resume()
        self.listener = listener
        self.connections = connections
        acceptance = source
    }

    deinit {
        // A source lets go of its handlers when it gets round to it; the name goes now.
        listener.remove()
        acceptance.cancel()
        for connection in connections.withLock({ Array($0.values) }) { connection.stop() }
    }
}
