internal import CKernels
public import Frames

/// A picture whose background is known, and the arithmetic of I = αF + (1 − α)B over it. Pictures are of one size; R'G'B'
/// are their first three channels.
public struct KnownBackground: Sendable {
    public let picture: FloatImage
    public let background: FloatImage

    public init(picture: FloatImage, background: FloatImage) {
        precondition(
            picture.size == background.size && picture.channels >= 3 && background.channels >= 3,
            "pictures do not fit")
        self.picture = picture
        self.background = background
    }

    /// Squared differences of picture and background, mean over the channels, in variances of flat + drift · `variance`.
    ///
    /// - Parameters:
    ///   - variance: one channel; the sum is above 0.
    ///   - most: what is larger becomes this.
    /// - Returns: one channel.
    public func energies(
        variance: FloatImage, flat: Float = 0, drift: Float = 1, most: Float, pool: FloatPool? = nil
    ) -> FloatImage {
        computed(1, [variance], pool) { given, to, count in
            matte_energy(given[0], given[1], stride, given[2], flat, drift, most, to, count)
        }
    }

    /// The same for what no light of a range explains: the luma beyond the range, and differences of hue.
    ///
    /// - Parameter range: one channel each.
    public func energies(
        beyond range: (low: FloatImage, high: FloatImage), variance: FloatImage, most: Float, pool: FloatPool? = nil
    ) -> FloatImage {
        computed(1, [range.low, range.high, variance], pool) { given, to, count in
            matte_energy_beyond(given[0], given[1], stride, given[2], given[3], given[4], most, to, count)
        }
    }

    /// Alpha where the picture lies nearest to the line from the background to a foreground.
    ///
    /// - Parameters:
    ///   - foreground: R'G'B', and the variance of that colour as a fourth channel.
    ///   - variance: of picture − background where nothing stands between.
    /// - Returns: three channels: alpha, not clamped; its precision, 1/variance; and how far the picture lies beside the
    ///   line, as a squared distance in variances.
    public func mixtures(of foreground: FloatImage, variance: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        precondition(foreground.channels == 4, "a foreground has a variance")
        return computed(3, [foreground, variance], pool) { given, to, count in
            matte_mixture(given[0], given[1], given[2], stride, given[3], to, count)
        }
    }

    /// What the least squares for the foreground add up: with E = I − (1 − α)B, w α E for each colour, w |E|²/3, w α².
    ///
    /// - Parameters:
    ///   - weights: one channel.
    ///   - alpha: one channel; nil for 1 everywhere.
    /// - Returns: five channels.
    public func foregroundSums(weights: FloatImage, alpha: FloatImage?, pool: FloatPool? = nil) -> FloatImage {
        computed(5, [weights] + (alpha.map { [$0] } ?? []), pool) { given, to, count in
            matte_foreground_sums(given[0], given[1], stride, given[2], given.count > 3 ? given[3] : nil, to, count)
        }
    }

    /// What the background lacks to be the picture, robustly weighed for means.
    ///
    /// - Parameters:
    ///   - lines: gain and offset of each colour, which the background is given first.
    ///   - deviation: differences that are as large count a quarter.
    ///   - mask: one channel, by which the weights are multiplied.
    /// - Returns: four channels: each colour's difference times the weight, and the weight.
    public func lightDifference(
        lines: [(gain: Float, offset: Float)], deviation: Float, mask: FloatImage, pool: FloatPool? = nil
    ) -> FloatImage {
        precondition(lines.count == 3, "a line for each colour")
        let values = lines.flatMap { [$0.gain, $0.offset] }
        return computed(4, [mask], pool) { given, to, count in
            matte_light_difference(given[0], given[1], stride, values, deviation * deviation, given[2], to, count)
        }
    }

    /// Floats from one channel to the next.
    private var stride: Int { picture.size.pixelCount }

    /// - Parameters:
    ///   - others: read beside picture and background.
    ///   - kernel: given the pictures at a pixel, the result there, and how many pixels to do.
    private func computed(
        _ channels: Int, _ others: [FloatImage], _ pool: FloatPool?,
        _ kernel: ([UnsafePointer<Float>], UnsafeMutablePointer<Float>, Int) -> Void
    ) -> FloatImage {
        let size = picture.size
        precondition(others.allSatisfy { $0.size == size }, "pictures do not fit")
        let pictures = [picture, background] + others
        return withExtendedLifetime(pictures) {
            FloatImage(size: size, channels: channels, pool: pool) { result in
                guard let to = Shared(result.baseAddress) else { return }
                let from = pictures.map { Shared($0.unsafeBase) }
                RowBands.run(size.height, samplesPerRow: size.width) { rows in
                    let first = rows.lowerBound * size.width
                    kernel(from.map { $0 + first }, to + first, rows.count * size.width)
                }
            }
        }
    }
}
