public import Frames
internal import Pixels

/// A picture that is being drawn; what falls outside of it is cut. Used by one thread at a time.
public final class Canvas {
    public let size: Size
    private var floats: [Float]

    public init(size: Size, paper: Ink = .white) {
        self.size = size
        floats = (0..<3).flatMap { [Float](repeating: paper[$0], count: size.pixelCount) }
    }

    /// What was drawn so far: R'G'B'.
    public var picture: FloatImage {
        FloatImage(size: size, channels: 3) { _ = $0.initialize(from: floats) }
    }

    /// Paints a box.
    public func fill(_ box: Box, _ ink: Ink) {
        forEachPixel(of: box) { mix(ink, 1, at: $0, $1) }
    }

    /// Draws the outline of a box, inside of it.
    public func frame(_ box: Box, _ ink: Ink, thickness: Int = 1) {
        fill(Box(x: box.x, y: box.y, width: box.width, height: thickness), ink)
        fill(Box(x: box.x, y: box.bottom - thickness, width: box.width, height: thickness), ink)
        fill(Box(x: box.x, y: box.y, width: thickness, height: box.height), ink)
        fill(Box(x: box.right - thickness, y: box.y, width: thickness, height: box.height), ink)
    }

    /// Draws a picture of three channels, or of one (grey), with its upper left corner at a place.
    public func draw(_ picture: FloatImage, x: Int, y: Int) {
        let box = Box(x: x, y: y, width: picture.size.width, height: picture.size.height)
        for channel in 0..<3 {
            picture.withChannel(min(channel, picture.channels - 1)) { source in
                forEachPixel(of: box) { column, row in
                    floats[channel * size.pixelCount + row * size.width + column] =
                        source[(row - y) * picture.size.width + column - x]
                }
            }
        }
    }

    /// Draws a picture as large as fits into a box, in its middle.
    ///
    /// - Returns: where it lies.
    @discardableResult
    public func draw(_ picture: FloatImage, fitting box: Box) -> Box {
        let fitted = picture.fitted(into: Size(width: box.width, height: box.height))
        let place = Box(
            x: box.x + (box.width - fitted.size.width) / 2, y: box.y + (box.height - fitted.size.height) / 2,
            width: fitted.size.width, height: fitted.size.height)
        draw(fitted, x: place.x, y: place.y)
        return place
    }

    /// A straight line with smooth edges.
    public func line(
        from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ ink: Ink, thickness: Double = 1.5
    ) {
        let reach = thickness / 2 + 1
        let (left, right) = (min(start.x, end.x) - reach, max(start.x, end.x) + reach)
        let (top, bottom) = (min(start.y, end.y) - reach, max(start.y, end.y) + reach)
        let box = Box(x: Int(left), y: Int(top), width: Int(right - left) + 2, height: Int(bottom - top) + 2)
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = dx * dx + dy * dy
        forEachPixel(of: box) { column, row in
            let (px, py) = (Double(column) + 0.5 - start.x, Double(row) + 0.5 - start.y)
            let along = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
            let (ex, ey) = (px - along * dx, py - along * dy)
            let coverage = thickness / 2 + 0.5 - (ex * ex + ey * ey).squareRoot()
            if coverage > 0 { mix(ink, Float(min(coverage, 1)), at: column, row) }
        }
    }

    /// Writes one line of text with its upper left corner at a place.
    ///
    /// - Parameter scale: pixels of a letter's dot; a letter is 7 dots high.
    public func write(_ text: String, x: Int, y: Int, _ ink: Ink = .black, scale: Int = 2) {
        for (index, letter) in text.unicodeScalars.enumerated() {
            let left = x + index * PixelFont.advance * scale
            for (row, dots) in PixelFont.dots(of: letter).enumerated() {
                for column in 0..<PixelFont.columns where dots >> (PixelFont.columns - 1 - column) & 1 == 1 {
                    fill(Box(x: left + column * scale, y: y + row * scale, width: scale, height: scale), ink)
                }
            }
        }
    }

    /// How wide a text would be, in pixels.
    public static func width(of text: String, scale: Int = 2) -> Int {
        max(text.unicodeScalars.count * PixelFont.advance - 1, 0) * scale
    }

    /// How high a line of text is, in pixels.
    public static func height(scale: Int = 2) -> Int { PixelFont.rows * scale }

    /// The end of a text that would be too wide is replaced by two dots.
    public static func shortened(_ text: String, toWidth width: Int, scale: Int = 2) -> String {
        let most = (width / scale + 1) / PixelFont.advance
        let letters = text.unicodeScalars
        guard letters.count > most else { return text }
        return String(String.UnicodeScalarView(letters.prefix(max(most - 2, 0)))) + ".."
    }

    private func forEachPixel(of box: Box, _ body: (_ column: Int, _ row: Int) -> Void) {
        for row in max(box.y, 0)..<max(min(box.bottom, size.height), max(box.y, 0)) {
            for column in max(box.x, 0)..<max(min(box.right, size.width), max(box.x, 0)) { body(column, row) }
        }
    }

    private func mix(_ ink: Ink, _ share: Float, at column: Int, _ row: Int) {
        for channel in 0..<3 {
            let index = channel * size.pixelCount + row * size.width + column
            floats[index] = floats[index] * (1 - share) + ink[channel] * share
        }
    }
}
