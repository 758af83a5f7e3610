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
        filtered(across: Self.gaussian(across), down: Self.gaussian(down), pool: pool)
    }
}
