internal import Frames
internal import Pixels

/// Frame and plate at one size of a pyramid, grey and without slow brightness, for the estimation of the pose.
struct PoseLevel {
    let frame: FloatImage
    /// Where the frame shows background, 0 or 1.
    let mask: FloatImage
    let plate: FloatImage
    let plateKnown: FloatImage

    var size: Size { frame.size }

    /// The luma minus its mean around each pixel, taken over known pixels only: exposure and vignetting leave no trace.
    static func withoutSlowPart(_ luma: FloatImage, known: FloatImage, sigma: Double) -> FloatImage {
        let (values, weights) = (luma.plane(), known.plane())
        let count = luma.size.pixelCount
        let product = FloatImage.computed(luma.size, channels: 2) { pixels, out in
            for i in pixels {
                out[i] = values[i] * weights[i]
                out[count + i] = weights[i]
            }
        }
        let around = product.blurred(sigma: sigma, pool: .plates)
        let mean = around.plane()
        return withExtendedLifetime((luma, known, around)) {
            FloatImage.computed(luma.size) { pixels, out in
                for i in pixels { out[i] = values[i] - mean[i] / (mean[count + i] + 1e-3) }
            }
        }
    }

    /// Each half the size of the one before it, the given pictures first.
    static func pyramid(_ picture: FloatImage, levels: Int) -> [FloatImage] {
        var pyramid = [picture]
        for _ in 1..<levels { pyramid.append(pyramid[pyramid.count - 1].halved) }
        return pyramid
    }
}
