public import Frames
internal import Pixels

/// The frame's own background, blurred, with nothing of the subject in it.
///
/// Blurring the frame as it is would draw a glow of the subject around it. Here the pixels count by how much they are
/// background, the place of the subject is filled from around it (the pull-push pyramid of Gortler et al. 1996,
/// "The Lumigraph", section 3.4), and the blur comes last. Used by one thread at a time.
public final class BlurBackground: Background {
    private let radius: Double?
    private let colors = FloatPool()
    private let planes = FloatPool()

    /// - Parameter radius: the Gaussian's standard deviation in pixels of the frame, as in CSS `blur()`; nil is
    ///   `defaultRadius(for:)`.
    public init(radius: Double? = nil) { self.radius = radius }

    /// 2 % of the longer side.
    public static func defaultRadius(for size: Size) -> Double { Double(size.longerSide) * 0.02 }

    public func layer(for matted: MattedFrame) -> BackgroundLayer {
        let size = matted.frame.size
        guard size.pixelCount > 0 else { return .transparent }
        let sigma = max(radius ?? Self.defaultRadius(for: size), 0)
        // What will be blurred is worked on small.
        let gaussian = ReducedGaussian(sigma: sigma, size: size, atLeast: 2)
        let reduced = reduced(matted, to: gaussian.reducedSize)
        return .soft(gaussian.smoothed(Self.filled(reduced.colors, reduced.weights)))
    }

    private func reduced(_ matted: MattedFrame, to size: Size) -> (colors: FloatImage, weights: FloatImage) {
        if case .affine(let matte) = matted.matte, size != matted.frame.size {
            return matte.reducedBackdrop(of: matted.frame, to: size)
        }
        return matted.matte.dense(for: matted.frame, withForeground: false, colors: colors, planes: planes)
            .reducedBackdrop(to: size, colors: colors, planes: planes)
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
        let around = pushed(colors.resized(to: half, filter: .area), weights.resized(to: half, filter: .area))
            .resized(to: size, filter: .bilinear)
        return here(around).over(around, alpha: weights)
    }
}
