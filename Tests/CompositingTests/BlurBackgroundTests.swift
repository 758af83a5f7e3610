import Compositing
import Frames
import Pixels
import TestSupport
import Testing

@Suite struct BlurBackgroundTests {
    /// A red disk before blue, its edge four pixels soft.
    private func scene(_ width: Int, _ height: Int, radius: Float) -> MattedFrame {
        let alpha = TestPictures.make(width, height) { _, x, y in
            let (dx, dy) = (Float(x) - Float(width) / 2, Float(y) - Float(height) / 2)
            return min(max((radius - (dx * dx + dy * dy).squareRoot()) / 4 + 0.5, 0), 1)
        }
        let picture = TestPictures.make(width, height, channels: 3) { channel, x, y in
            let red: [Float] = [1, 0, 0]
            let blue: [Float] = [0, 0, 1]
            let a = alpha.value(0, x, y)
            return red[channel] * a + blue[channel] * (1 - a)
        }
        return MattedFrames.make(picture: picture, alpha: alpha)
    }

    /// At the frame's size.
    private func blurred(_ matted: MattedFrame, radius: Double?) throws -> FloatImage {
        try #require(BlurBackground(radius: radius).layer(for: matted).shownPicture)
            .resized(to: matted.frame.size, filter: .bilinear)
    }

    @Test("Nothing of the subject is in the blurred background", arguments: [nil, 0, 1, 2.5, 9, 40] as [Double?])
    func doesNotBleed(radius: Double?) throws {
        let matted = scene(72, 54, radius: 17)
        let blurred = try self.blurred(matted, radius: radius)
        #expect(blurred.size == matted.frame.size)
        var most: Float = 0
        for y in 0..<54 {
            for x in 0..<72 {
                most = max(most, blurred.value(0, x, y), abs(1 - blurred.value(2, x, y)))
            }
        }
        // A plain blur would give up to 1 here.
        #expect(most < 0.03)
    }

    @Test("Away from the subject it is a blur: an edge gets soft")
    func blurs() throws {
        let alpha = TestPictures.make(60, 20) { _, _, _ in 0 }
        let picture = TestPictures.make(60, 20, channels: 3) { _, x, _ in x < 30 ? 0 : 1 }
        let matted = MattedFrames.make(picture: picture, alpha: alpha)
        let blurred = try self.blurred(matted, radius: 3)
        #expect(abs(blurred.value(0, 29, 10) + blurred.value(0, 30, 10) - 1) < 0.02)
        // A Gaussian edge of sigma 3: 0.16 at one sigma before it.
        #expect(abs(blurred.value(1, 26, 10) - 0.12) < 0.04)
        #expect(blurred.value(2, 10, 10) < 0.01 && blurred.value(2, 50, 10) > 0.99)
    }

    @Test("A frame that is all subject, and a single pixel, have a background too")
    func extremes() throws {
        for (width, height) in [(1, 1), (1, 9), (33, 17)] {
            let alpha = TestPictures.make(width, height) { _, _, _ in 1 }
            let matted = MattedFrames.flat([1, 0.5, 0], alpha: alpha)
            for radius in [nil, 0, 5] as [Double?] {
                let blurred = try self.blurred(matted, radius: radius)
                #expect(blurred.values.allSatisfy { $0.isFinite && (0...1).contains($0) })
            }
        }
    }
}
