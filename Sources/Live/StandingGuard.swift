import Encoding
import Frames
import Glibc

/// What the guard of a show does: standard input is the show's socket, standard output the virtual camera.
public enum StandingGuard {
    /// So often the card is written after the show's death, a twentieth of a second apart: slow readers see it too, and
    /// a show that starts again finds the device free soon.
    private static let pictures = 10

    /// Returns when the show is dead and the card was shown.
    ///
    /// - Throws: `.io` where the device has gone.
    public static func run() throws {
        // What ends the show in order ends the guard through the show.
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
        var message = GuardMessage()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            message.take(buffer[..<count])
        }
        try message.card?.show(on: dup(STDOUT_FILENO), times: pictures) { usleep(50_000) }
    }
}
