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
        let scale = Double(picture.size.longerSide) / 1920
        var (foreground, background) = (picture, picture)
        for (boxWidth, least) in [(90.0, 8.0), (6.0, 1.0)] {
            let sigma = max(boxWidth / 12.0.squareRoot() * scale, least)
            let near = smoothed(foreground, background, picture, alpha, sigma)
            foreground = picture.fused(
                alpha: alpha, foreground: near.foreground, background: near.background, pool: colors)
            background = near.background
        }
        return foreground
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
