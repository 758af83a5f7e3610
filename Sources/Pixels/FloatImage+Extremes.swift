internal import CKernels
public import Frames

extension FloatImage {
    /// Every channel's largest value within `reach` pixels across and down: a square, unlike `dilated(radius:pool:)`.
    /// Nothing comes in from outside of the picture.
    ///
    /// - Parameter reach: 0 or less gives the picture itself.
    public func largest(within reach: Int, pool: FloatPool? = nil) -> FloatImage {
        overSquare(reach, matte_maximum, pool)
    }

    /// Every channel's smallest value within `reach` pixels across and down; see `largest(within:pool:)`.
    public func smallest(within reach: Int, pool: FloatPool? = nil) -> FloatImage {
        overSquare(reach, matte_minimum, pool)
    }

    /// `matte_minimum` or `matte_maximum`.
    typealias Extremum = @convention(c) (UnsafePointer<Float>?, Int, UnsafeMutablePointer<Float>?, Int) -> Void

    /// Down the columns into one row, then along that row.
    private func overSquare(_ reach: Int, _ extremum: Extremum, _ pool: FloatPool?) -> FloatImage {
        guard reach > 0, size.pixelCount > 0 else { return self }
        // Further than that there are no more pixels.
        let reach = min(reach, size.longerSide)
        let (size, width) = (size, size.width)
        let channels = channels
        return withFloats { floats in
            FloatImage(size: size, channels: channels, pool: pool) { result in
                guard let from = Shared(floats.baseAddress), let to = Shared(result.baseAddress) else { return }
                RowBands.run(channels * size.height, samplesPerRow: width * reach) { rows in
                    RowScratch.with(rows: 1, width: width + 2 * reach) { scratch in
                        let best = scratch[0] + reach
                        for row in rows {
                            let (channel, line) = row.quotientAndRemainder(dividingBy: size.height)
                            best.update(from: from + row * width, count: width)
                            for near in max(line - reach, 0)...min(line + reach, size.height - 1) where near != line {
                                extremum(from + (channel * size.height + near) * width, 1, best, width)
                            }
                            best.replicateEnds(count: width, reach: reach)
                            let destination = to + row * width
                            destination.update(from: best, count: width)
                            extremum(scratch[0], 2 * reach + 1, destination, width)
                        }
                    }
                }
            }
        }
    }
}
