internal import Frames
internal import Pixels

/// The part of a picture in which there is something to solve; elsewhere alpha is 0 and nobody asks for colours.
struct PictureWindow {
    let x: Int
    let y: Int
    let size: Size
    let whole: Size

    /// Room around the subject, in pixels of a picture 640 wide: edges are soft, and colours come from around.
    private static let margin: Float = 12
    private static let step = 32

    /// Around all places where one of the pictures is above `threshold`; nil where there are none.
    init?(around pictures: [FloatImage], above threshold: Float) {
        guard let whole = pictures.first?.size else { return nil }
        var (left, right, top, bottom) = (whole.width, -1, whole.height, -1)
        for picture in pictures {
            guard let bounds = picture.bounds(above: threshold) else { continue }
            (left, right) = (min(left, bounds.columns.lowerBound), max(right, bounds.columns.upperBound))
            (top, bottom) = (min(top, bounds.rows.lowerBound), max(bottom, bounds.rows.upperBound))
        }
        guard right >= left else { return nil }
        let margin = WorkingScale.reach(Self.margin, in: whole)
        (left, top) = (max(left - margin, 0), max(top - margin, 0))
        (right, bottom) = (min(right + margin, whole.width - 1), min(bottom + margin, whole.height - 1))
        // Sides of a few lengths: halves are whole, and memory and weights of one frame serve the next.
        func span(_ from: Int, _ to: Int, _ length: Int) -> (start: Int, length: Int) {
            let wanted = min((to - from + Self.step) / Self.step * Self.step, length)
            return (min(from, length - wanted), wanted)
        }
        let (across, down) = (span(left, right, whole.width), span(top, bottom, whole.height))
        self.whole = whole
        (x, y) = (across.start, down.start)
        size = Size(width: across.length, height: down.length)
    }

    func cut(_ picture: FloatImage) -> FloatImage { picture.cropped(x: x, y: y, to: size, pool: .plates) }

    /// The picture at its place in the whole one.
    ///
    /// - Parameter outside: nil repeats the window's edge.
    func placed(_ picture: FloatImage, outside: Float?) -> FloatImage {
        picture.cropped(x: -x, y: -y, to: whole, outside: outside, pool: .plates)
    }
}
