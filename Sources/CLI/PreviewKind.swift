import ArgumentParser
import Glibc
import Live
import MatteKit

/// Where `--preview` shows the output.
enum PreviewKind: String, ExpressibleByArgument {
    case terminal
    case window

    /// - Throws: where the preview cannot be had.
    func open(notice: @escaping NoticeHandler) throws -> LivePreview {
        switch self {
        case .terminal:
            guard isatty(STDERR_FILENO) == 1 else {
                throw MatteError(.usage, "--preview terminal: standard error is not a terminal")
            }
            let screen = TerminalScreen()
            return LivePreview(perSecond: 10) { screen.draw($0) }
        case .window:
            let window = try WindowPreview(notice: notice)
            return LivePreview(perSecond: 30) { window.draw($0) }
        }
    }
}

/// The terminal on standard error, with pictures at its top and the display below.
private final class TerminalScreen: @unchecked Sendable {
    // Sendable: the preview's queue alone draws.
    private let picture = TerminalPicture()
    private var hasCleared = false

    func draw(_ frame: Frame) {
        let (columns, rows) = TerminalSize.current ?? (80, 24)
        guard let lines = try? picture.lines(of: frame, columns: columns, rows: rows - 2), !lines.isEmpty else {
            return
        }
        let start = hasCleared ? "" : "\u{1B}[2J"
        hasCleared = true
        StandardStreams.say(start + "\u{1B}[H" + lines.map { $0 + "\u{1B}[K\n" }.joined())
    }
}
