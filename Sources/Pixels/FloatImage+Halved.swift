internal import CKernels
public import Frames

extension FloatImage {
    /// Half as wide and high, rounded up: every value the mean of what it covers.
    public func halved(pool: FloatPool? = nil) -> FloatImage {
        let target = Size(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
        guard size.width == 2 * target.width, size.height == 2 * target.height else {
            return resized(to: target, filter: .area, pool: pool)
        }
        let width = size.width
        return withFloats { floats in
            FloatImage(size: target, channels: channels, pool: pool) { result in
                guard let from = Shared(floats.baseAddress), let to = Shared(result.baseAddress) else { return }
                // Heights are even, so rows of the result pair up rows of the channels one after the other.
                RowBands.run(channels * target.height, samplesPerRow: 2 * width) { rows in
                    for row in rows {
                        let upper = from + 2 * row * width
                        matte_halve(upper, upper + width, to + row * target.width, target.width)
                    }
                }
            }
        }
    }
}
