public import Frames

/// A frame as text: each character is two pixels, the upper half of a block in one colour and the lower in another.
/// Used by one thread at a time.
public final class TerminalPicture {
    private let shrinker = PictureShrinker()

    public init() {}

    /// Lines of characters with colours (ESC[38;2;R;G;Bm and 48), of the frame's shape, as large as there is room.
    ///
    /// - Parameters:
    ///   - columns: of the terminal.
    ///   - rows: that may be used.
    public func lines(of frame: Frame, columns: Int, rows: Int) throws -> [String] {
        let small = try shrinker.shrink(frame, into: Size(width: max(columns, 2), height: max(2 * rows, 2)))
        return small.withPlane(0) { plane in
            stride(from: 0, to: small.size.height - 1, by: 2).map { row in
                var line = ""
                for column in 0..<small.size.width {
                    func color(_ row: Int) -> String {
                        let pixel = plane.base + row * plane.strideBytes + 3 * column
                        return (0..<3).map { "\(pixel.load(fromByteOffset: $0, as: UInt8.self))" }
                            .joined(separator: ";")
                    }
                    line += "\u{1B}[38;2;\(color(row))m\u{1B}[48;2;\(color(row + 1))m▀"
                }
                return line + "\u{1B}[0m"
            }
        }
    }
}
