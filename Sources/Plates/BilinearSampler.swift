internal import Frames

/// Reads a picture between its pixels. The picture must be kept alive around it.
struct BilinearSampler {
    /// Four neighbours and how far the place is from the first.
    struct Tap {
        let first: Int
        let below: Int
        let right: Int
        let x: Float
        let y: Float
    }

    private let base: UnsafePointer<Float>
    private let width: Int
    private let height: Int
    private let count: Int

    init(_ picture: FloatImage) {
        base = picture.plane()
        (width, height, count) = (picture.size.width, picture.size.height, picture.size.pixelCount)
    }

    /// Nil outside of the picture; half a pixel around its outermost centres is inside.
    @inline(__always)
    func tap(_ x: Float, _ y: Float) -> Tap? {
        guard x >= -0.5, y >= -0.5, x <= Float(width) - 0.5, y <= Float(height) - 0.5 else { return nil }
        let (left, top) = (min(max(x, 0), Float(width - 1)), min(max(y, 0), Float(height - 1)))
        let (column, row) = (min(Int(left), max(width - 2, 0)), min(Int(top), max(height - 2, 0)))
        return Tap(
            first: row * width + column, below: height > 1 ? width : 0, right: width > 1 ? 1 : 0,
            x: left - Float(column), y: top - Float(row))
    }

    @inline(__always)
    func value(_ tap: Tap, _ channel: Int) -> Float {
        let plane = base + channel * count + tap.first
        let above = plane[0] + (plane[tap.right] - plane[0]) * tap.x
        let below = plane[tap.below] + (plane[tap.below + tap.right] - plane[tap.below]) * tap.x
        return above + (below - above) * tap.y
    }
}
