internal import Frames
internal import Pixels

/// Frame and plate at one size of a pyramid, grey and without slow brightness, for the estimation of the pose.
struct PoseLevel {
    let frame: FloatImage
    /// Where the frame shows background, 0 or 1.
    let mask: FloatImage
    /// See `steep(_:known:)`.
    let plate: FloatImage

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

    /// The plate, its derivatives across and down in values per half width, and where it is known: four channels.
    static func steep(_ plate: FloatImage, known: FloatImage) -> FloatImage {
        let (width, height) = (plate.size.width, plate.size.height)
        let count = plate.size.pixelCount
        let (source, certain) = (plate.plane(), known.plane())
        let scale = Float(width) / 4
        return withExtendedLifetime((plate, known)) {
            FloatImage.computed(plate.size, channels: 4) { pixels, out in
                for row in pixels.lowerBound / width..<pixels.upperBound / width {
                    let (up, down) = (max(row - 1, 0) * width, min(row + 1, height - 1) * width)
                    for column in 0..<width {
                        let here = row * width + column
                        let (left, right) = (max(column - 1, 0), min(column + 1, width - 1))
                        out[here] = source[here]
                        out[count + here] = (source[row * width + right] - source[row * width + left]) * scale
                        out[2 * count + here] = (source[down + column] - source[up + column]) * scale
                        out[3 * count + here] = certain[here]
                    }
                }
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
