internal import CKernels
public import Frames

extension FloatImage {
    /// The first three channels in another light: gain and offset for each, and something that varies slowly.
    ///
    /// - Parameters:
    ///   - lines: for R', G' and B'.
    ///   - more: three channels at any size, spread over the picture and added.
    public func relit(
        _ lines: [(gain: Float, offset: Float)], adding more: FloatImage, pool: FloatPool? = nil
    ) -> FloatImage {
        precondition(lines.count == 3 && channels >= 3 && more.channels == 3, "a line for each colour")
        let spread = ResampledRows(more.size, to: size, filter: .bilinear)
        let (size, count) = (size, more.size.pixelCount)
        return withFloats { floats in
            more.withFloats { more in
                FloatImage(size: size, channels: 3, pool: pool) { result in
                    guard let from = Shared(floats.baseAddress), let add = Shared(more.baseAddress),
                        let to = Shared(result.baseAddress)
                    else { return }
                    RowBands.run(3 * size.height, samplesPerRow: 2 * size.width) { rows in
                        RowScratch.with(rows: 1 + ResampledRows.scratchRows, width: spread.scratchWidth) { scratch in
                            for row in rows {
                                let (channel, line) = row.quotientAndRemainder(dividingBy: size.height)
                                spread.make(
                                    line, of: add + channel * count, into: scratch[0], mayOverrun: true,
                                    scratch: scratch.dropping(1))
                                matte_relight(
                                    from + row * size.width, lines[channel].gain, lines[channel].offset, scratch[0],
                                    to + row * size.width, size.width)
                            }
                        }
                    }
                }
            }
        }
    }

    /// 1 where the first channel is below `most` and `other`, one channel of the same size, above `least`; else 0.
    public func mask(below most: Float, where other: FloatImage, isAbove least: Float, pool: FloatPool? = nil)
        -> FloatImage
    {
        precondition(other.size == size, "pictures do not fit")
        let size = size
        return withFloats { floats in
            other.withFloats { other in
                FloatImage(size: size, channels: 1, pool: pool) { result in
                    guard let one = Shared(floats.baseAddress), let two = Shared(other.baseAddress),
                        let to = Shared(result.baseAddress)
                    else { return }
                    RowBands.run(size.height, samplesPerRow: size.width) { rows in
                        let first = rows.lowerBound * size.width
                        matte_between(one + first, most, two + first, least, to + first, rows.count * size.width)
                    }
                }
            }
        }
    }
}
