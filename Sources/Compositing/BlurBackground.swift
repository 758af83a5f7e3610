public import Frames
internal import Pixels

/// The frame's own background, blurred, with nothing of the subject in it.
///
/// Blurring the frame as it is would draw a glow of the subject around it. Here the pixels count by how much they are
/// background, the place of the subject is filled from around it (the pull-push pyramid of Gortler et al. 1996,
/// "The Lumigraph", section 3.4), and the blur comes last. Used by one thread at a time.
public final class BlurBackground: Background {
    private let radius: Double?

    /// - Parameter radius: the Gaussian's standard deviation in pixels of the frame, as in CSS `blur()`; nil is
    ///   `defaultRadius(for:)`.
    public init(radius: Double? = nil) { self.radius = radius }

    /// 2 % of the longer side.
    public static func defaultRadius(for size: Size) -> Double { Double(size.longerSide) * 0.02 }

    public func layer(for matted: MattedFrame) -> BackgroundLayer {
        let picture = matted.picture
        let alpha = matted.matte.alpha
        let size = picture.size
        guard size.pixelCount > 0, alpha.size == size, alpha.channels == 1 else { return .picture(picture) }
        let sigma = max(radius ?? Self.defaultRadius(for: size), 0)

        // What will be blurred is worked on small.
        let factor = max(1, min(Int(sigma / 3), size.longerSide))
        let scale = Double(factor)
        let small = Size(width: (size.width + factor - 1) / factor, height: (size.height + factor - 1) / factor)
        let whole = Size(width: small.width * factor, height: small.height * factor)
        // Squared, half-covered pixels count a quarter: hair and spill hardly colour the background.
        let weight = FloatImage.filled(1, size: size, channels: 1).multiplied(byInverseOf: alpha)
            .multiplied(byInverseOf: alpha)
        let colors = picture.multiplied(by: weight).padded(to: whole).resized(to: small, filter: .area)
        let weights = weight.padded(to: whole).resized(to: small, filter: .area)
        let filled = Self.filled(colors, weights)

        guard sigma > 0 else { return .picture(filled) }
        // The same account of variances as in `FloatImage.blurred`.
        let spent = factor == 1 ? 0 : (scale * scale - 1) / 12 + scale * scale / 6
        let rest = max(sigma * sigma - spent, 0).squareRoot() / scale
        let blurred = filled.blurred(sigma: rest).resized(to: whole, filter: .bilinear)
        return .picture(blurred.cropped(x: 0, y: 0, to: size))
    }

    /// Colours where there is background, and around it smoothly continued.
    ///
    /// - Parameters:
    ///   - colors: already multiplied by the weights.
    ///   - weights: 0 where nothing is known, 1 where the colour is certain.
    private static func filled(_ colors: FloatImage, _ weights: FloatImage) -> FloatImage {
        // The rim of what is known has the subject's glow in it; one pixel is enough, everything is small here.
        let trusted = weights.eroded(radius: 1)
        let nothing = FloatImage.filled(0, size: colors.size, channels: 3)
        let known = colors.divided(by: weights, least: leastWeight, otherwise: nothing)
        return pushed(known.multiplied(by: trusted), trusted)
    }

    private static let leastWeight: Float = 1e-4

    private static func pushed(_ colors: FloatImage, _ weights: FloatImage) -> FloatImage {
        let size = colors.size
        let here: (FloatImage) -> FloatImage = { colors.divided(by: weights, least: leastWeight, otherwise: $0) }
        guard size.longerSide > 1 else { return here(.filled(0, size: size, channels: 3)) }
        let half = Size(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
        let even = Size(width: half.width * 2, height: half.height * 2)
        let around = pushed(
            colors.padded(to: even).resized(to: half, filter: .area),
            weights.padded(to: even).resized(to: half, filter: .area)
        ).resized(to: even, filter: .bilinear).cropped(x: 0, y: 0, to: size)
        return here(around).over(around, alpha: weights)
    }
}
