internal import Frames
internal import Pixels

/// The subject's colour without the background's, for networks that give alpha alone.
///
/// Blur fusion in two passes, a wide one and a narrow one: Forte and Pitié, "Approximate Fast Foreground Colour
/// Estimation", ICIP 2021. Its box widths of 90 and 6 pixels are for pictures of about two megapixels; here they are
/// Gaussians of the same variance that follow the size of the picture.
enum ForegroundEstimation {
    /// - Parameters:
    ///   - picture: R'G'B'.
    ///   - alpha: one channel of the same size.
    /// - Returns: straight R'G'B', 0…1; the picture where alpha is 1.
    static func foreground(of picture: FloatImage, alpha: FloatImage) -> FloatImage {
        let scale = Double(picture.size.longerSide) / 1920
        var (foreground, background) = (picture, picture)
        for (boxWidth, least) in [(90.0, 2.0), (6.0, 0.8)] {
            let sigma = max(boxWidth / 12.0.squareRoot() * scale, least)
            let near = smoothed(foreground, background, picture, alpha, sigma)
            foreground = picture.fused(alpha: alpha, foreground: near.foreground, background: near.background)
            background = near.background
        }
        return foreground
    }

    /// The mean colours of foreground and background around each pixel.
    private static func smoothed(
        _ foreground: FloatImage, _ background: FloatImage, _ picture: FloatImage, _ alpha: FloatImage, _ sigma: Double
    ) -> (foreground: FloatImage, background: FloatImage) {
        let coverage = alpha.blurred(sigma: sigma)
        let inverse = FloatImage.filled(1, size: alpha.size, channels: 1).multiplied(byInverseOf: coverage)
        return (
            foreground.multiplied(by: alpha).blurred(sigma: sigma)
                .divided(by: coverage, least: leastCoverage, otherwise: picture),
            background.multiplied(byInverseOf: alpha).blurred(sigma: sigma)
                .divided(by: inverse, least: leastCoverage, otherwise: picture)
        )
    }

    /// Less has no colour of its own.
    private static let leastCoverage: Float = 1e-4
}
