internal import CKernels
internal import Foundation
public import Frames

extension FloatImage {
    /// A Gaussian blur of every channel; the edge pixels repeat outside of the picture.
    ///
    /// Up to a sigma of `directSigma` the kernel is applied as it is (cut at three and a half sigma), above by
    /// `ReducedGaussian`, which stays within 1.5 % of the range of the exact blur.
    ///
    /// - Parameter sigma: standard deviation in pixels; 0 or less gives the picture itself.
    public func blurred(sigma: Double, pool: FloatPool? = nil) -> FloatImage {
        guard sigma > 0.05, sigma.isFinite, size.pixelCount > 0 else { return self }
        guard sigma > Self.directSigma else { return filteredByGaussian(across: sigma, down: sigma, pool: pool) }
        let gaussian = ReducedGaussian(sigma: sigma, size: size)
        return gaussian.finished(gaussian.reduced(self), pool: pool)
    }

    private static var directSigma: Double { 5 }

    /// The kernel's weights, from `-taps.count / 2` on.
    private static func gaussian(_ sigma: Double) -> [Float] {
        guard sigma > 0.05 else { return [1] }
        let reach = Int((sigma * 3.5).rounded(.up))
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = weights.reduce(0, +)
        return weights.map { Float($0 / sum) }
    }

    /// The exact kernel, with a sigma of its own for each axis.
    func filteredByGaussian(across: Double, down: Double, pool: FloatPool?) -> FloatImage {
        let (across, down) = (Self.gaussian(across), Self.gaussian(down))
        let (reach, downReach) = (across.count / 2, down.count / 2)
        guard reach + downReach > 0, size.pixelCount > 0 else { return self }
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
                            for (tap, weight) in down.enumerated() {
                                let near = min(max(line + tap - downReach, 0), height - 1)
                                let source = from + (channel * height + near) * width
                                if tap == 0 {
                                    matte_scale(source, weight, sums, width)
                                } else {
                                    matte_accumulate(source, weight, sums, width)
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
