public import Frames

/// A wide Gaussian blur by way of a smaller picture: reduce, blur there, enlarge. The variance of the first and the
/// last step is taken off the Gaussian between them, so the whole stays near the exact blur at a fraction of the work.
public struct ReducedGaussian: Sendable {
    public let size: Size
    /// Of the smaller picture; `size` itself for a narrow blur.
    public let reducedSize: Size
    private let sigma: (across: Double, down: Double)

    /// - Parameters:
    ///   - sigma: standard deviation in pixels of `size`.
    ///   - atLeast: how wide the blur stays on the smaller picture; less is faster, and coarser.
    public init(sigma: Double, size: Size, atLeast reducedSigma: Double = 2.5) {
        let factor = max(1, min(sigma / reducedSigma, Double(max(size.longerSide, 1))).rounded(.down))
        func reduced(_ length: Int) -> Int { length == 0 ? 0 : max(1, Int((Double(length) / factor).rounded())) }
        let small = Size(width: reduced(size.width), height: reduced(size.height))
        func rest(_ length: Int, _ reduced: Int) -> Double {
            guard reduced > 0 else { return 0 }
            let scale = Double(length) / Double(reduced)
            // A box of f pixels has variance (f² - 1)/12, linear interpolation over f pixels (f² - 1)/6.
            let spent = (scale * scale - 1) / 4
            return max(sigma * sigma - spent, 0).squareRoot() / scale
        }
        self.size = size
        reducedSize = small
        self.sigma = (rest(size.width, small.width), rest(size.height, small.height))
    }

    /// The first step.
    public func reduced(_ picture: FloatImage) -> FloatImage { picture.resized(to: reducedSize, filter: .area) }

    /// The second step, still on the smaller picture; the third is to spread it over `size` bilinearly.
    public func smoothed(_ reduced: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        reduced.filteredByGaussian(across: sigma.across, down: sigma.down, pool: pool)
    }

    /// The other two steps, from the smaller picture to `size`.
    public func finished(_ reduced: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        smoothed(reduced, pool: reducedSize == size ? pool : nil).resized(to: size, filter: .bilinear, pool: pool)
    }
}
