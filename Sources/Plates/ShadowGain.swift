internal import Frames
internal import Pixels

/// Tells shadows from objects: where the frame is the plate made darker (or a little brighter) without another hue,
/// after Horprasert et al.'s test of brightness and chromaticity (ICCV Frame-Rate Workshop 1999).
enum ShadowGain {
    private static let range: ClosedRange<Float> = 0.35...1.1

    /// By how much the plate is lighter or darker in this frame: one channel.
    ///
    /// - Parameters:
    ///   - variance: of frame − plate on background.
    ///   - apart: 1 where the model sees no subject near by and the plate is known; what the light is elsewhere is
    ///     taken from there, so that a contact shadow does not become a part of the shoes.
    static func gain(of plate: FloatImage, in frame: FloatImage, variance: FloatImage, apart: FloatImage) -> FloatImage
    {
        defer { withExtendedLifetime((frame, plate, apart, variance)) {} }
        let size = frame.size
        let count = size.pixelCount
        let unit = Double(WorkingScale.unit(of: size))
        let (now, then, weights, noise) = (frame.plane(), plate.plane(), apart.plane(), variance.plane())
        let products = FloatImage.computed(size, channels: 2) { pixels, out in
            for i in pixels {
                var (both, own): (Float, Float) = (0, 1e-3)
                for channel in 0..<3 {
                    both += now[channel * count + i] * then[channel * count + i]
                    own += then[channel * count + i] * then[channel * count + i]
                }
                out[i] = both * weights[i]
                out[count + i] = own * weights[i]
            }
        }
        let around = products.blurred(sigma: 1.5 * unit, pool: .plates)
        let sums = around.plane()
        let misfit = FloatImage.computed(size) { pixels, out in
            for i in pixels {
                let gain = clamped(sums[i] / (sums[count + i] + 1e-4))
                var energy: Float = 0
                for channel in 0..<3 {
                    let difference = now[channel * count + i] - gain * then[channel * count + i]
                    energy += difference * difference
                }
                out[i] = energy / (3 * noise[i])
            }
        }
        let smooth = misfit.blurred(sigma: unit, pool: .plates)
        let error = smooth.plane()
        let weighted = FloatImage.computed(size, channels: 2) { pixels, out in
            for i in pixels {
                let gain = sums[i] / (sums[count + i] + 1e-4)
                let fits: Float = gain > range.lowerBound && gain < range.upperBound ? 1 : 0
                let weight = weights[i] * fits * (1 - error[i].squareRoot().stepped(1.7, 3))
                out[i] = gain * weight
                out[count + i] = weight
            }
        }
        withExtendedLifetime((around, smooth)) {}
        return PullPush.spread(weighted, strength: 0.02, otherwise: [1])
    }

    @inline(__always)
    private static func clamped(_ gain: Float) -> Float {
        gain > range.lowerBound ? (gain < range.upperBound ? gain : range.upperBound) : range.lowerBound
    }
}
