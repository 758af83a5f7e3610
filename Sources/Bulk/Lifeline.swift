internal import Frames
internal import Glibc

/// A pipe that ends when this program does, however it ends: nothing is ever written, and only this program has its
/// write end. A worker that reads it as its standard input stops when it reads the end, and tidies up.
final class Lifeline: Sendable {
    /// For workers.
    let descriptor: Int32
    private let writeEnd: Int32

    init() throws(MatteError) { (descriptor, writeEnd) = try Pipes.open() }

    deinit {
        close(descriptor)
        close(writeEnd)
    }
}
