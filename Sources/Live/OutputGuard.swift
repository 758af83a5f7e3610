import Dispatch
import Encoding
import Foundation
import Frames

/// A process beside the show that has the virtual camera open too, and that shows the standby card on it when the show
/// dies of what nobody can catch: a fault, SIGKILL, want of memory. Any thread may use it.
///
/// It hears of the death by the end of its standard input, a socket of which the show alone has the other end; through
/// it come the cards. At an orderly end the guard is killed, and the card has been shown by the show itself.
final class OutputGuard: @unchecked Sendable {
    // Sendable: process and socket are touched on the queue only.
    private let process = Process()
    private let socket: Descriptor
    private let queue = DispatchQueue(label: "matte.live.guard")

    /// - Parameters:
    ///   - arguments: with which this program calls `StandingGuard.run`.
    ///   - descriptor: of the device.
    /// - Throws: where no process can be started.
    init(_ arguments: [String], over descriptor: Int32) throws {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0,
            let ours = Descriptor(ends[0]), let theirs = Descriptor(ends[1])
        else { throw MatteError(.internal, "no socket can be made") }
        socket = ours
        // A guard that has been stopped must not stop the show's end.
        var wait = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(ours.number, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        process.executableURL = URL(fileURLWithPath: ProgramLocation.executable ?? "/proc/self/exe")
        process.arguments = arguments
        process.standardInput = FileHandle(fileDescriptor: theirs.number, closeOnDealloc: false)
        process.standardOutput = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        process.standardError = FileHandle.nullDevice
        try process.run()
        withExtendedLifetime(theirs) {}
    }

    /// Shown from now on, should the show die.
    func keep(_ card: VirtualCameraLegacy) {
        queue.async { [self] in
            let bytes = GuardMessage.bytes(of: card)
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count < 0, errno == EINTR { continue }
                // One that is gone cannot be told anything; the show goes on without.
                guard count > 0 else { return }
                sent += count
            }
        }
    }

    /// Ends the guard; afterwards it does not have the device open any more.
    func end() {
        queue.sync {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }
}

/// What a show tells its guard: number of buffers and length of a picture, then the picture, again and again.
struct GuardMessage {
    private static let headBytes = 5
    private static let mostBytes = 1 << 30

    private var received: [UInt8] = []
    /// The newest whole one.
    private(set) var card: VirtualCameraLegacy?

    static func bytes(of card: VirtualCameraLegacy) -> [UInt8] {
        [UInt8(clamping: card.bufferCount)]
            + (0..<4).map { UInt8(truncatingIfNeeded: card.picture.count >> (8 * $0)) } + card.picture
    }

    /// Takes the next bytes, wherever they were parted.
    mutating func take(_ bytes: some Sequence<UInt8>) {
        received += bytes
        while received.count >= Self.headBytes {
            let length = (0..<4).reduce(0) { $0 | Int(received[1 + $1]) << (8 * $1) }
            let end = Self.headBytes + length
            guard length <= Self.mostBytes, received.count >= end else { return }
            card = VirtualCameraLegacy(
                bufferCount: Int(received[0]), picture: Array(received[Self.headBytes..<end]))
            received.removeFirst(end)
        }
    }
}
