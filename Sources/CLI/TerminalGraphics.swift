import Glibc
import MatteKit

/// What a terminal says of its graphics.
struct TerminalGraphics: Equatable {
    var hasSixels = false
    /// Colour registers.
    var colors = 256
    /// Of a character, in pixels.
    var cell = Size(width: 10, height: 20)

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
        // Colour registers and the size of a character first; the last question is one that all terminals answer.
        let question = Array("\u{1B}[?1;1;0S\u{1B}[16t\u{1B}[c".utf8)
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

    init() {}

    /// - Parameter text: answers, and whatever was typed between; nil without the last one, the primary device attributes
    ///   (`ESC [ ? … c`, in which 4 stands for sixels).
    init?(reply text: String) {
        var isComplete = false
        for answer in text.components(after: "\u{1B}[") {
            guard let end = answer.firstIndex(where: { $0.isLetter }) else { continue }
            let body = answer[..<end]
            let numbers = body.drop { $0 == "?" }.split(separator: ";").compactMap { Int($0) }
            switch (answer[end], body.first == "?") {
            case ("c", true):
                hasSixels = numbers.contains(4)
                isComplete = true
            case ("S", true) where numbers.count == 3 && numbers[0] == 1 && numbers[1] == 0 && numbers[2] > 1:
                colors = numbers[2]
            case ("t", false) where numbers.count == 3 && numbers[0] == 6:
                guard (2...200).contains(numbers[1]), (2...200).contains(numbers[2]) else { continue }
                cell = Size(width: numbers[2], height: numbers[1])
            default: continue
            }
        }
        guard isComplete else { return nil }
    }
}

extension String {
    /// What follows each `mark`, up to the next one.
    fileprivate func components(after mark: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            rest = rest[range.upperBound...]
            parts.append(rest.firstRange(of: mark).map { rest[..<$0.lowerBound] } ?? rest)
        }
        return parts
    }
}
