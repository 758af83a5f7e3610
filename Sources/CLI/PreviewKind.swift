import ArgumentParser
import Glibc
import Live
import MatteKit

/// Where `--preview` shows the output.
enum PreviewKind: String, ExpressibleByArgument, CaseIterable {
    /// Sixels where the terminal draws them, else blocks.
    case terminal
    case sixel
    case blocks
    case window

    /// - Throws: where the preview cannot be had.
    func open(notice: @escaping NoticeHandler) throws -> LivePreview {
        if self == .window {
            let window = try WindowPreview(notice: notice)
            return LivePreview(perSecond: 30) { window.draw($0) }
        }
        guard isatty(STDERR_FILENO) == 1 else {
            throw MatteError(.usage, "--preview \(rawValue): standard error is not a terminal")
        }
        let graphics = self == .blocks ? nil : TerminalGraphics.ask(within: 1)
        guard self == .sixel || graphics?.hasSixels == true else {
            let screen = BlockScreen()
            return LivePreview(perSecond: 10) { screen.draw($0) }
        }
        let screen = SixelScreen(graphics ?? TerminalGraphics())
        return LivePreview(perSecond: 10) { screen.draw($0) }
    }
}

/// The terminal on standard error, with pictures of characters at its top and the display below.
private final class BlockScreen: @unchecked Sendable {
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

/// The same with pictures of sixels.
private final class SixelScreen: @unchecked Sendable {
    // Sendable: the preview's queue alone draws.
    /// A picture of this width is about a quarter of a megabyte, ten times a second.
    private static let widest = 480

    private let picture: SixelPicture
    private let cell: Size
    private var hasCleared = false

    init(_ graphics: TerminalGraphics) {
        picture = SixelPicture(colors: graphics.colors)
        cell = graphics.cell
    }

    func draw(_ frame: Frame) {
        let (columns, rows) = TerminalSize.current ?? (80, 24)
        let room = Size(width: min(columns * cell.width, Self.widest), height: max(rows - 2, 1) * cell.height)
        guard let (text, size) = try? picture.sequence(of: frame, within: room) else { return }
        let start = hasCleared ? "" : "\u{1B}[2J"
        hasCleared = true
        // Terminals do not agree on where a picture leaves the cursor.
        let below = (size.height + cell.height - 1) / cell.height + 1
        StandardStreams.say("\(start)\u{1B}[H\(text)\u{1B}[\(below);1H")
    }
}
