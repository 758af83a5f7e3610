internal import CKernels
public import Frames

extension FloatImage {
    /// Every channel weighed along both axes (a correlation: the kernel is not turned around); the edge pixels repeat
    /// outside of the picture.
    ///
    /// - Parameters:
    ///   - across: an odd number of weights along the rows, the middle one for the pixel itself.
    ///   - down: likewise along the columns.
    public func filtered(across: [Float], down: [Float], pool: FloatPool? = nil) -> FloatImage {
        precondition(across.count % 2 == 1 && down.count % 2 == 1, "a kernel has a middle")
        guard size.pixelCount > 0, across != [1] || down != [1] else { return self }
        let (reach, downReach) = (across.count / 2, down.count / 2)
        let (width, height) = (size.width, size.height)
        let channels = channels
        return withFloats { floats in
            FloatImage(size: size, channels: channels, pool: pool) { result in
                guard let from = Shared(floats.baseAddress), let to = Shared(result.baseAddress) else { return }
                RowBands.run(channels * height, samplesPerRow: width * (across.count + down.count)) { rows in
                    RowScratch.with(rows: 1, width: width + 2 * reach) { scratch in
                        let sums = scratch[0] + reach
                        for row in rows {
                            let (channel, line) = row.quotientAndRemainder(dividingBy: height)
                            let first = line - downReach
                            if first >= 0, line + downReach < height {
                                matte_weigh_rows(
                                    from + (channel * height + first) * width, width, down, 1, down.count, sums, width)
                            } else {
                                for (tap, weight) in down.enumerated() {
                                    let near = min(max(first + tap, 0), height - 1)
                                    let source = from + (channel * height + near) * width
                                    if tap == 0 {
                                        matte_scale(source, weight, sums, width)
                                    } else {
                                        matte_accumulate(source, weight, sums, width)
                                    }
                                }
                            }
                            sums.replicateEnds(count: width, reach: reach)
                            matte_filter(scratch[0], across, across.count, to + row * width, width)
                        }
                    }
                }
            }
        }
    }
}
