internal import Frames
internal import Glibc

/// Wakes a thread that waits in `poll`. Any thread may wake it.
final class WakePipe: Sendable {
    /// Readable after `wake()`.
    let descriptor: Int32
    private let writeEnd: Int32

    init() throws(MatteError) {
        (descriptor, writeEnd) = try Pipes.open(flags: O_CLOEXEC | O_NONBLOCK)
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
    static func open(flags: Int32) throws(MatteError) -> (readEnd: Int32, writeEnd: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, flags) == 0 else {
            throw MatteError(.io, "too many files are open", advice: "raise `ulimit -n`, or lower --jobs")
        }
        return (ends[0], ends[1])
    }
}
