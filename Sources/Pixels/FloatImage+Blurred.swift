internal import CKernels
internal import Foundation
public import Frames

extension FloatImage {
    /// A Gaussian blur of every channel; the edge pixels repeat outside of the picture.
    ///
    /// Up to `directSigma` the kernel is applied as it is (cut at three and a half sigma). Above, the picture is made
    /// smaller first and larger afterwards, with the variance of both steps taken off the Gaussian between them; that
    /// stays within 1 % of the range of the exact blur.
    ///
    /// - Parameter sigma: standard deviation in pixels; 0 or less gives the picture itself.
    public func blurred(sigma: Double, pool: FloatPool? = nil) -> FloatImage {
        guard sigma > 0.05, sigma.isFinite, size.pixelCount > 0 else { return self }
        guard sigma > Self.directSigma else { return filteredByGaussian(sigma, pool: pool) }
        let factor = max(2, Int(sigma / Self.reducedSigma))
        let small = Size(width: (size.width + factor - 1) / factor, height: (size.height + factor - 1) / factor)
        // A box of f pixels has variance (f² - 1)/12, linear interpolation over f pixels f²/6.
        let scale = Double(factor)
        let spent = (scale * scale - 1) / 12 + scale * scale / 6
        let rest = max(sigma * sigma - spent, 0).squareRoot() / scale
        // Whole cells only, so that one small pixel is exactly `factor` pixels: the last cells repeat the edge.
        let whole = Size(width: small.width * factor, height: small.height * factor)
        let reduced = padded(to: whole).resized(to: small, filter: .area).filteredByGaussian(rest, pool: nil)
        let enlarged = reduced.resized(to: whole, filter: .bilinear, pool: whole == size ? pool : nil)
        return enlarged.cropped(x: 0, y: 0, to: size, pool: pool)
    }

    private static var directSigma: Double { 6 }
    private static var reducedSigma: Double { 3 }

    private func filteredByGaussian(_ sigma: Double, pool: FloatPool?) -> FloatImage {
        let reach = Int((sigma * 3.5).rounded(.up))
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = weights.reduce(0, +)
        let taps = weights.map { Float($0 / sum) }
        let size = size
        let channels = channels
        return withFloats { floats in
            FloatImage(size: size, channels: channels, pool: pool) { result in
                guard let from = floats.baseAddress, let to = result.baseAddress else { return }
                RowBands.run(channels * size.height, samplesPerRow: 2 * size.width * taps.count) { rows in
                    RowScratch.with(rows: 1, width: size.width + 2 * reach) { scratch in
                        let sums = scratch[0] + reach
                        for row in rows {
                            let (channel, line) = row.quotientAndRemainder(dividingBy: size.height)
                            for tap in -reach...reach {
                                let near = channel * size.height + min(max(line + tap, 0), size.height - 1)
                                let source = from + near * size.width
                                if tap == -reach {
                                    matte_scale(source, taps[0], sums, size.width)
                                } else {
                                    matte_accumulate(source, taps[tap + reach], sums, size.width)
                                }
                            }
                            sums.replicateEnds(count: size.width, reach: reach)
                            matte_filter(scratch[0], taps, taps.count, to + row * size.width, size.width)
                        }
                    }
                }
            }
        }
    }
}
