internal import CKernels
public import Frames

extension FloatImage {
    /// The picture over another: self·α + background·(1 − α), exactly self where alpha is 1 and exactly the
    /// background where it is 0.
    ///
    /// - Parameters:
    ///   - background: size and channels of the picture.
    ///   - alpha: one channel, of the picture's size, 0…1.
    public func over(_ background: FloatImage, alpha: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        combined(with: [background, alpha], pool: pool) { matte_over($0[0], $0[2], $0[1], $1, $2) }
    }

    /// The picture over one colour.
    ///
    /// - Parameter color: one value per channel.
    public func over(color: [Float], alpha: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        precondition(color.count == channels, "one value per channel")
        return combined(with: [alpha], pool: pool) { rows, target, count, channel in
            matte_over_color(rows[0], rows[1], color[channel], target, count)
        }
    }

    /// self·α
    public func multiplied(by alpha: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        combined(with: [alpha], pool: pool) { matte_multiply($0[0], $0[1], $1, $2) }
    }

    /// self·(1 − α)
    public func multiplied(byInverseOf alpha: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        combined(with: [alpha], pool: pool) { matte_multiply_inverse($0[0], $0[1], $1, $2) }
    }

    /// The picture where alpha is at least `threshold`, 0 elsewhere.
    public func kept(where alpha: FloatImage, isAtLeast threshold: Float, pool: FloatPool? = nil) -> FloatImage {
        combined(with: [alpha], pool: pool) { matte_keep($0[0], $0[1], threshold, $1, $2) }
    }

    /// self / divisor where the divisor is above `least`, `other` elsewhere.
    ///
    /// - Parameters:
    ///   - divisor: one channel, or as many as the picture.
    ///   - other: channels of the picture.
    public func divided(
        by divisor: FloatImage, least: Float, otherwise other: FloatImage, pool: FloatPool? = nil
    ) -> FloatImage {
        combined(with: [divisor, other], pool: pool) { matte_divide($0[0], $0[1], least, $0[2], $1, $2) }
    }

    /// self + (other − self)·fraction
    public func mixed(with other: FloatImage, fraction: Float, pool: FloatPool? = nil) -> FloatImage {
        combined(with: [other], pool: pool) { matte_mix($0[0], $0[1], fraction, $1, $2) }
    }

    /// One step of blur fusion (Forte & Pitié 2021, equation 6): the foreground that, over `background`, gives the
    /// picture `self` best, starting from `foreground`.
    public func fused(
        alpha: FloatImage, foreground: FloatImage, background: FloatImage, pool: FloatPool? = nil
    ) -> FloatImage {
        combined(with: [alpha, foreground, background], pool: pool) {
            matte_fuse($0[0], $0[1], $0[2], $0[3], $1, $2)
        }
    }

    private func combined(
        with others: [FloatImage], pool: FloatPool?,
        _ kernel: @Sendable ([UnsafePointer<Float>], UnsafeMutablePointer<Float>, Int) -> Void
    ) -> FloatImage {
        combined(with: others, pool: pool) { rows, target, count, _ in kernel(rows, target, count) }
    }

    /// Runs a kernel over all rows. The other pictures have the same size, and one channel or the same number.
    private func combined(
        with others: [FloatImage], pool: FloatPool?,
        _ kernel:
            @Sendable (_ rows: [UnsafePointer<Float>], _ target: UnsafeMutablePointer<Float>, Int, _ channel: Int) ->
            Void
    ) -> FloatImage {
        let all = [self] + others
        precondition(
            all.allSatisfy { $0.size == size && ($0.channels == channels || $0.channels == 1) }, "pictures do not fit")
        let extent = size
        return withExtendedLifetime(all) {
            FloatImage(size: extent, channels: channels, pool: pool) { result in
                guard let to = Shared(result.baseAddress) else { return }
                // Rows lie without gaps, so a run of rows is one long row.
                RowBands.run(extent.height, samplesPerRow: extent.width * channels * all.count) { rows in
                    for channel in 0..<channels {
                        let start = rows.lowerBound * extent.width
                        let sources = all.map {
                            $0.unsafeBase + min(channel, $0.channels - 1) * extent.pixelCount + start
                        }
                        kernel(
                            sources, to + channel * extent.pixelCount + start, rows.count * extent.width, channel)
                    }
                }
            }
        }
    }
}
