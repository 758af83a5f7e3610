import Frames
import Pixels
import TestSupport
import Testing

@Suite struct ForegroundEstimationTests {
    @Test("The estimate is nearer to the true foreground than the picture is")
    func beatsPicture() {
        let (width, height) = (96, 64)
        let alpha = TestPictures.make(width, height) { _, x, y in
            let (dx, dy) = (Float(x) - 48, Float(y) - 32)
            return min(max((20 - (dx * dx + dy * dy).squareRoot()) / 8 + 0.5, 0), 1)
        }
        let foreground = TestPictures.make(width, height, channels: 3) { channel, x, y in
            [0.8, 0.45 + Float(x) / 400, 0.3 + Float(y) / 300][channel]
        }
        let background = TestPictures.make(width, height, channels: 3) { channel, x, _ in
            [0.05, 0.2 + Float(x) / 300, 0.7][channel]
        }
        let picture = foreground.over(background, alpha: alpha)
        let estimate = ForegroundEstimation().foreground(of: picture, alpha: alpha)
        var (wrong, wrongPicture, count) = (Float(0), Float(0), Float(0))
        for y in 0..<height {
            for x in 0..<width {
                let a = alpha.value(0, x, y)
                for channel in 0..<3 {
                    let truth = foreground.value(channel, x, y)
                    if a == 1 { #expect(abs(estimate.value(channel, x, y) - truth) < 1e-5) }
                    guard a > 0.05, a < 0.95 else { continue }
                    wrong += abs(estimate.value(channel, x, y) - truth)
                    wrongPicture += abs(picture.value(channel, x, y) - truth)
                    count += 1
                }
            }
        }
        #expect(wrong < wrongPicture / 3, "mean error \(wrong / count), the picture's \(wrongPicture / count)")
    }

    @Test("All foreground, all background and one pixel give finite colours")
    func extremes() {
        for (width, height) in [(1, 1), (7, 5)] {
            for value in [Float(0), 0.5, 1] {
                let picture = TestPictures.random(width, height, channels: 3, seed: 9)
                let alpha = TestPictures.make(width, height) { _, _, _ in value }
                let estimate = ForegroundEstimation().foreground(of: picture, alpha: alpha)
                #expect(estimate.values.allSatisfy { (0...1).contains($0) })
            }
        }
    }
}
