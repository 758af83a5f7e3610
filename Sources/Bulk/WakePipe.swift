internal import Frames
internal import Glibc

/// Wakes a thread that waits in `poll`. Any thread may wake it.
final class WakePipe: Sendable {
    /// Readable after `wake()`.
    let descriptor: Int32
    private let writeEnd: Int32

    init() throws(MatteError) {
        (descriptor, writeEnd) = try Pipes.open()
        for end in [descriptor, writeEnd] { Polling.stopBlocking(end) }
    }

    deinit {
        close(descriptor)
        close(writeEnd)
    }

    func wake() {
        var byte: UInt8 = 0
        // A full pipe wakes as well.
        _ = write(writeEnd, &byte, 1)
    }

    func clear() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }
}

enum Pipes {
    /// Both ends are closed in children. (Children are started by the thread that calls this, so none can come between.)
    static func open() throws(MatteError) -> (readEnd: Int32, writeEnd: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw MatteError(.io, "too many files are open", advice: "raise `ulimit -n`, or lower --jobs")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
