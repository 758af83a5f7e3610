internal import Frames
internal import Pixels

/// The subject's colour without the background's, for networks that give alpha alone.
///
/// Blur fusion in two passes, a wide one and a narrow one: Forte and Pitié, "Approximate Fast Foreground Colour
/// Estimation", ICIP 2021. Its box widths of 90 and 6 pixels are for pictures of about two megapixels; here they are
/// Gaussians of the same variance that follow the size of the picture.
struct ForegroundEstimation {
    private let colors = FloatPool()
    private let planes = FloatPool()

    /// - Parameters:
    ///   - picture: R'G'B'.
    ///   - alpha: one channel of the same size.
    /// - Returns: straight R'G'B', 0…1; the picture where alpha is 1.
    func foreground(of picture: FloatImage, alpha: FloatImage) -> FloatImage {
        let near = means(of: picture, alpha: alpha, at: picture.size)
        return picture.fused(
            alpha: alpha, foreground: near.foreground, background: near.background, pool: colors)
    }

    /// An affine matte without colours, given some: the means are found on its grid, and the last step of the method is
    /// left to the render, which does it with every pixel's own colour.
    func matte(_ matte: AffineMatte, of frame: Frame) -> AffineMatte {
        let guide = NetworkSampler.sample(frame, to: matte.slope.size, filter: .area)
        let near = means(of: guide, alpha: matte.alpha(on: guide), at: frame.size)
        return matte.with(meanForeground: near.foreground, background: near.background)
    }

    /// The mean colours of foreground and background around each pixel, by a wide pass and a narrow one.
    ///
    /// - Parameter size: of the picture that this one stands for.
    private func means(
        of picture: FloatImage, alpha: FloatImage, at size: Size
    ) -> (foreground: FloatImage, background: FloatImage) {
        let reduction = Double(picture.size.longerSide) / Double(max(size.longerSide, 1))
        func sigma(_ boxWidth: Double, least: Double) -> Double {
            max(boxWidth / 12.0.squareRoot() * Double(size.longerSide) / 1920, least) * reduction
        }
        let wide = smoothed(picture, picture, picture, alpha, sigma(90, least: 8))
        let rough = picture.fused(
            alpha: alpha, foreground: wide.foreground, background: wide.background, pool: colors)
        return smoothed(rough, wide.background, picture, alpha, sigma(6, least: 1))
    }

    /// The mean colours of foreground and background around each pixel.
    private func smoothed(
        _ foreground: FloatImage, _ background: FloatImage, _ picture: FloatImage, _ alpha: FloatImage, _ sigma: Double
    ) -> (foreground: FloatImage, background: FloatImage) {
        let coverage = alpha.blurred(sigma: sigma, pool: planes)
        let inverse = FloatImage.filled(1, size: alpha.size, channels: 1, pool: planes)
            .multiplied(byInverseOf: coverage, pool: planes)
        return (
            foreground.multiplied(by: alpha, pool: colors).blurred(sigma: sigma, pool: colors)
                .divided(by: coverage, least: Self.leastCoverage, otherwise: picture, pool: colors),
            background.multiplied(byInverseOf: alpha, pool: colors).blurred(sigma: sigma, pool: colors)
                .divided(by: inverse, least: Self.leastCoverage, otherwise: picture, pool: colors)
        )
    }

    /// Less has no colour of its own.
    private static let leastCoverage: Float = 1e-4
}
