import Glibc
import Live
import MatteKit

extension TerminalGraphics {
    /// Asks the terminal; nil where there is none, or it is somebody else's at the moment, or it does not answer in time.
    static func ask(within seconds: Double) -> TerminalGraphics? {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        // To change a terminal from the background stops the program.
        guard tcgetpgrp(terminal) == getpgrp(), tcgetattr(terminal, &before) == 0 else { return nil }
        var quiet = before
        quiet.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(terminal, TCSANOW, &quiet) == 0 else { return nil }
        defer { tcsetattr(terminal, TCSAFLUSH, &before) }
        let question = Array(Self.question.utf8)
        guard write(terminal, question, question.count) == question.count else { return nil }
        return reply(from: terminal, within: seconds).flatMap(TerminalGraphics.init(reply:))
    }

    private static func reply(from terminal: Int32, within seconds: Double) -> String? {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 256)
        for _ in 0..<max(Int(seconds * 100), 1) {
            var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, 10) > 0 else { continue }
            let count = read(terminal, &buffer, buffer.count)
            guard count > 0 else { return nil }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            if TerminalGraphics(reply: text) != nil { return text }
        }
        return nil
    }
}
