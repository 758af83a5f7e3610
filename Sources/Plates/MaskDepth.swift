internal import Frames
internal import Pixels

/// How deep inside of a mask each pixel lies, in pixels, by a 3–4 chamfer (Borgefors 1986); 0 outside.
enum MaskDepth {
    private static let (straight, diagonal): (Float, Float) = (1, 4.0 / 3)

    /// - Parameter mask: above a half is inside. What lies outside of the picture is taken to be like its edge.
    static func depth(of mask: FloatImage) -> FloatImage {
        let (width, height) = (mask.size.width, mask.size.height)
        let runs = mask.runs(above: 0.5)
        let far = Float(width + height)
        return FloatImage(size: mask.size, channels: 1, pool: .plates) { out in
            guard let base = out.baseAddress else { return }
            out.update(repeating: 0)
            for run in runs {
                let here = base + run.row * width
                let above = run.row > 0 ? here - width : nil
                for x in run.columns {
                    here[x] = nearest(x, x > 0 ? here[x - 1] : far, above, width, most: far)
                }
            }
            for run in runs.reversed() {
                let here = base + run.row * width
                let below = run.row < height - 1 ? here + width : nil
                for x in run.columns.reversed() {
                    here[x] = nearest(x, x < width - 1 ? here[x + 1] : far, below, width, most: here[x])
                }
            }
        }
    }

    /// The least of what the neighbours that are done allow.
    ///
    /// - Parameters:
    ///   - beside: the depth of the neighbour in the row.
    ///   - row: the neighbouring row, nil outside of the picture.
    @inline(__always)
    private static func nearest(
        _ x: Int, _ beside: Float, _ row: UnsafeMutablePointer<Float>?, _ width: Int, most: Float
    ) -> Float {
        var least = min(most, beside + straight)
        guard let row else { return least }
        least = min(least, row[x] + straight)
        if x > 0 { least = min(least, row[x - 1] + diagonal) }
        if x < width - 1 { least = min(least, row[x + 1] + diagonal) }
        return least
    }
}
