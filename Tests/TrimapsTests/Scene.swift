import Frames
import Pixels
import TestSupport

@testable import Trimaps

/// A disk with a soft edge before a background, both with some texture, and everything that is true of it.
struct Scene {
    let picture: FloatImage
    let alpha: FloatImage
    let foreground: FloatImage
    let trimap: Trimap

    /// - Parameters:
    ///   - softness: width of the edge, in pixels.
    ///   - noise: of the colours, to either side.
    init(_ width: Int, _ height: Int, seed: UInt64, softness: Float = 5, noise: Float = 0.02) {
        var random = SeededRandom(seed: seed)
        func textured(_ color: (Int, Int, Int) -> Float) -> FloatImage {
            TestPictures.make(width, height, channels: 3) { channel, x, y in
                color(channel, x, y) + Float.random(in: -noise...noise, using: &random)
            }
        }
        let radius = Float(min(width, height)) / 3.2
        func fromEdge(_ x: Int, _ y: Int) -> Float {
            let (dx, dy) = (Float(x) - Float(width) / 2, Float(y) - Float(height) / 2)
            return radius - (dx * dx + dy * dy).squareRoot()
        }
        foreground = textured { channel, x, y in
            [0.75, 0.4 + Float(x) / Float(4 * width), 0.25 + Float(y) / Float(3 * height)][channel]
        }
        let background = textured { channel, x, _ in [0.1, 0.3 + Float(x) / Float(3 * width), 0.7][channel] }
        alpha = TestPictures.make(width, height) { _, x, y in
            min(max(fromEdge(x, y) / softness + 0.5, 0), 1)
        }
        picture = foreground.over(background, alpha: alpha)
        var labels: [Trimap.Label] = []
        for y in 0..<height {
            for x in 0..<width {
                let distance = fromEdge(x, y)
                labels.append(abs(distance) < softness + 1 ? .unknown : distance > 0 ? .foreground : .background)
            }
        }
        trimap = Trimap(size: picture.size, labels: labels)
    }
}

extension FloatImage {
    func meanDifference(from other: FloatImage) -> Float {
        let differences = zip(values, other.values).map { abs($0 - $1) }
        return differences.reduce(0, +) / Float(max(differences.count, 1))
    }

    func largestDifference(from other: FloatImage) -> Float {
        zip(values, other.values).map { abs($0 - $1) }.max() ?? 0
    }
}
