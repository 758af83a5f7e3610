import Frames
import Pixels
import TestSupport
import Testing

@Suite struct GuidedMatteTests {
    /// A bright disk with a narrow soft edge before a darker, shaded ground: picture and true alpha.
    private func scene(_ width: Int, _ height: Int) -> (frame: Frame, alpha: FloatImage) {
        let alpha = TestPictures.make(width, height) { _, x, y in
            let (dx, dy) = (Float(x) - Float(width) * 0.45, Float(y) - Float(height) * 0.55)
            let distance = (dx * dx + dy * dy).squareRoot()
            return min(max((Float(height) * 0.3 - distance) / 2 + 0.5, 0), 1)
        }
        let frame = TestPictures.frame(Size(width: width, height: height), .rgb24) { component, x, y in
            let a = alpha.value(0, x, y)
            let ground = 40 + Float(x) / Float(width) * 30 + Float(component) * 10
            return Int((210 - Float(component) * 20) * a + ground * (1 - a))
        }
        return (frame, alpha)
    }

    private func squaredError(_ one: FloatImage, _ two: FloatImage) -> Float {
        zip(one.values, two.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    @Test("A reduced alpha comes back nearer to the true one than by bilinear interpolation")
    func beatsBilinear() {
        let (frame, alpha) = scene(120, 80)
        let size = Size(width: 40, height: 27)
        let small = alpha.resized(to: size, filter: .area)
        let guide = FrameReader().read(frame).resized(to: size, filter: .area)
        let matte = AffineMatte(bringing: small, along: guide, to: frame.size)
        let guided = squaredError(matte.dense(for: frame).alpha, alpha)
        let bilinear = squaredError(small.resized(to: frame.size, filter: .bilinear), alpha)
        #expect(guided < bilinear * 0.6, "\(guided) against \(bilinear)")
    }

    @Test("Where alpha is flat it stays exactly what it is, whatever the picture")
    func flatStaysFlat() {
        for value in [Float(0), 0.3, 1] {
            for (width, height) in [(1, 1), (1, 4), (5, 3)] {
                let guide = TestPictures.random(width, height, channels: 3, seed: 3)
                let alpha = TestPictures.make(width, height) { _, _, _ in value }
                let matte = AffineMatte(bringing: alpha, along: guide, to: Size(width: 17, height: 9))
                #expect(matte.slope.values.allSatisfy { $0 == 0 })
                #expect(matte.offset.values.allSatisfy { $0 == value })
            }
        }
    }

    @Test("The small picture itself has the alpha it came with")
    func keepsItsAlpha() {
        let size = Size(width: 21, height: 13)
        let frame = TestPictures.frame(size, .rgb24) { component, x, y in (x * 37 + y * 91 + component * 50) % 256 }
        let alpha = TestPictures.random(21, 13, seed: 8)
        let matte = AffineMatte(bringing: alpha, along: FrameReader().read(frame), to: size)
        #expect(zip(matte.dense(for: frame).alpha.values, alpha.values).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
