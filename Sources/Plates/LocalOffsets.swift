internal import Frames
internal import Pixels

/// What is left between frame and plate after the homography: parallax of a camera that moved, a lens that breathes.
///
/// One step of Lucas and Kanade for each place, over a Gaussian window of an eightieth of the width and with a prior
/// for no offset, so that flat walls and hidden places get none.
enum LocalOffsets {
    private static let cellsAcross = 80
    /// Of an offset beforehand, in pixels of a picture 640 wide.
    private static let expectedOffset: Float = 0.5

    /// - Parameters:
    ///   - plate: in the frame's light; the first three channels are R'G'B'.
    ///   - background: where the frame shows background for certain, 0 or 1.
    /// - Returns: two channels on a coarse grid, pixels across and down.
    static func between(_ frame: FloatImage, and plate: FloatImage, background: FloatImage) -> FloatImage {
        defer { withExtendedLifetime(background) {} }
        let size = frame.size
        let (width, height, count) = (size.width, size.height, size.pixelCount)
        let unit = WorkingScale.unit(of: size)
        let sharpness = 0.7 * Double(unit)
        let (now, then) = (
            frame.luma.blurred(sigma: sharpness, pool: .plates), plate.luma.blurred(sigma: sharpness, pool: .plates)
        )
        let (one, other, mask) = (now.plane(), then.plane(), background.plane())
        let samples = RobustScale.samples(where: background)
        let deviation =
            RobustScale.deviation(ofMedian: RobustScale.median(samples.map { abs(one[Int($0)] - other[Int($0)]) }))
            + 0.5 / 255
        let products = FloatImage.computed(size, channels: 5) { pixels, out in
            for row in pixels.lowerBound / width..<pixels.upperBound / width {
                let (up, down) = (max(row - 1, 0) * width, min(row + 1, height - 1) * width)
                for column in 0..<width {
                    let i = row * width + column
                    let (left, right) = (max(column - 1, 0), min(column + 1, width - 1))
                    let gx = (other[row * width + right] - other[row * width + left]) / 2
                    let gy = (other[down + column] - other[up + column]) / 2
                    let error = one[i] - other[i]
                    let share = error / (6 * deviation)
                    let weight = mask[i] / (1 + share * share)
                    out[i] = weight * gx * gx
                    out[count + i] = weight * gx * gy
                    out[2 * count + i] = weight * gy * gy
                    out[3 * count + i] = weight * gx * error
                    out[4 * count + i] = weight * gy * error
                }
            }
        }
        withExtendedLifetime((now, then)) {}
        let cells = Size(
            width: min(cellsAcross, width), height: max(1, min(cellsAcross * height / max(width, 1), height)))
        let sums = products.resized(to: cells, filter: .area, pool: .plates).blurred(sigma: 1.6, pool: .plates)
        let prior = deviation * deviation / (expectedOffset * expectedOffset * unit * unit) * 0.05
        let cellCount = cells.pixelCount
        return sums.withFloats { sums in
            FloatImage(size: cells, channels: 2) { out in
                for i in 0..<cellCount {
                    let (xx, xy, yy) = (sums[i] + prior, sums[cellCount + i], sums[2 * cellCount + i] + prior)
                    let (xr, yr) = (sums[3 * cellCount + i], sums[4 * cellCount + i])
                    let determinant = xx * yy - xy * xy
                    let limit = 4 * unit
                    out[i] = min(max((yy * xr - xy * yr) / determinant, -limit), limit)
                    out[cellCount + i] = min(max((xx * yr - xy * xr) / determinant, -limit), limit)
                }
            }
        }
    }
}
