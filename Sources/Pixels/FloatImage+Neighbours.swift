internal import CKernels
public import Frames

extension FloatImage {
    /// The squared gradient, mean over the channels, from the differences to both neighbours along each axis: a central
    /// difference is blind to stripes of one pixel, such as a fence's. Outside of the picture its edge repeats.
    ///
    /// - Returns: one channel, in squared values per pixel.
    public func squaredGradient(pool: FloatPool? = nil) -> FloatImage {
        let scale = 0.5 / Float(max(channels, 1))
        return eachRow(channels: 1, pool: pool) { row, from, to in
            to.update(repeating: 0, count: size.width)
            for channel in 0..<channels {
                let rows = from.rows(channel, row)
                matte_squared_gradient(rows.above, rows.here, rows.below, scale, to, size.width)
            }
        }
    }

    /// The picture minus `amount` times its Laplacian's negative: sharper below 0, softer above. The edge repeats.
    public func sharpened(by amount: Float, pool: FloatPool? = nil) -> FloatImage {
        eachRow(channels: channels, pool: pool) { line, from, to in
            let (channel, row) = line.quotientAndRemainder(dividingBy: max(size.height, 1))
            let rows = from.rows(channel, row)
            matte_sharpen(rows.above, rows.here, rows.below, amount, to, size.width)
        }
    }

    /// A picture of this size, row by row.
    private func eachRow(
        channels: Int, pool: FloatPool?,
        _ fill: (_ row: Int, _ from: Neighbours, _ to: UnsafeMutablePointer<Float>) -> Void
    ) -> FloatImage {
        withFloats { floats in
            FloatImage(size: size, channels: channels, pool: pool) { result in
                guard let base = floats.baseAddress, let to = Shared(result.baseAddress) else { return }
                let from = Neighbours(base: Shared(base), size: size)
                RowBands.run(channels * size.height, samplesPerRow: size.width) { rows in
                    for row in rows { fill(row, from, to + row * size.width) }
                }
            }
        }
    }
}

/// The rows around a row of a picture.
private struct Neighbours: Sendable {
    let base: Shared<UnsafePointer<Float>>
    let size: Size

    func rows(
        _ channel: Int, _ row: Int
    ) -> (above: UnsafePointer<Float>, here: UnsafePointer<Float>, below: UnsafePointer<Float>) {
        let first = channel * size.height
        return (
            base + (first + max(row - 1, 0)) * size.width, base + (first + row) * size.width,
            base + (first + min(row + 1, size.height - 1)) * size.width
        )
    }
}
