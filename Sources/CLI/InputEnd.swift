import Foundation

/// The end of standard input as a sign that the program on its other end is gone.
enum InputEnd {
    /// How long tidying up may take.
    private static let graceSeconds = 15.0

    /// Calls `stop` when standard input ends; ends the process if that takes too long. What is read is thrown away.
    static func watch(_ stop: @escaping @Sendable () -> Void) {
        Thread.detachNewThread {
            var bytes = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(STDIN_FILENO, &bytes, bytes.count)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            stop()
            Thread.sleep(forTimeInterval: graceSeconds)
            _exit(130)
        }
    }
}
