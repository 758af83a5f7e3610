internal import Frames
internal import Pixels

/// The subject's colour around each pixel: what, mixed with the known plate, explains the picture best.
///
/// With the plate B known, the constant colour F that minimises Σ w (I − αF − (1−α)B)² is
/// Σ w α (I − (1−α)B) / Σ w α²; the sums are taken over a Gaussian, and over ever wider ones where there is little
/// foreground near by.
struct ForegroundColors {
    /// Four channels: R', G', B', and the variance of the colour at the pixel around them, mean over the channels.
    let picture: FloatImage

    /// The part of the variance in a window that is left at its middle; the rest is the window's own gradient, which the
    /// mean colours follow.
    private static let detail: Float = 0.25

    /// - Parameters:
    ///   - weights: how surely a pixel says something of the subject's colour, 0…1.
    ///   - unit: pixels that stand for one of a picture 640 pixels long.
    ///   - alpha: nil where weighted pixels show nothing but the subject.
    init(_ scene: KnownBackground, weights: FloatImage, alpha: FloatImage?, unit: Float) {
        let size = scene.picture.size
        let count = size.pixelCount
        let weighted = scene.foregroundSums(weights: weights, alpha: alpha, pool: .plates)
        let around = weighted.halved.blurred(sigma: Double(unit), pool: .plates)
        let spread = PullPush.spread(around, strength: 0.02, otherwise: [0, 0, 0, 0.01])
            .resized(to: size, filter: .bilinear, pool: .plates)
        let sums = spread.plane()
        picture = withExtendedLifetime(spread) {
            FloatImage.computed(size, channels: 4) { pixels, out in
                for i in pixels {
                    var energy: Float = 0
                    for channel in 0..<3 {
                        let value = sums[channel * count + i]
                        out[channel * count + i] = value.unit
                        energy += value * value
                    }
                    let variance = sums[3 * count + i] - energy / 3
                    out[3 * count + i] = Self.detail * (variance > 0 ? variance : 0) + 1e-4
                }
            }
        }
    }
}
