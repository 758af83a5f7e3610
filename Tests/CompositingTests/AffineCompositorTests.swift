import Compositing
import Frames
import Pixels
import TestSupport
import Testing

/// An affine matte through the compositor against its dense form through the same compositor.
@Suite struct AffineCompositorTests {
    private let size = Size(width: 37, height: 21)

    private func matted(channels: Int) -> (affine: MattedFrame, dense: MattedFrame) {
        let frame = TestPictures.frame(size, .yuv420()) { component, x, y in
            component == 0 ? 16 + (x * 11 + y * 5) % 220 : 90 + (x * 3 + y * 7) % 70
        }
        let grid = Size(width: 9, height: 5)
        func random(_ seed: UInt64, _ scale: Float, _ shift: Float) -> FloatImage {
            let values = TestPictures.random(grid.width, grid.height, channels: channels, seed: seed)
            return TestPictures.make(grid.width, grid.height, channels: channels) { channel, x, y in
                values.value(channel, x, y) * scale + shift
            }
        }
        let matte = AffineMatte(slope: random(1, 2, -1), offset: random(2, 2, -0.5), pictureSize: size)
        return (
            MattedFrame(frame: frame, matte: .affine(matte), startsShot: false),
            MattedFrame(frame: frame, matte: .dense(matte.dense(for: frame)), startsShot: false)
        )
    }

    private func largestDifference(_ one: Frame, _ two: Frame) -> Int {
        var largest = 0
        for component in one.format.components.indices {
            let plane = one.format.size(ofComponent: component, in: one.size)
            for y in 0..<plane.height {
                for x in 0..<plane.width {
                    largest = max(largest, abs(one.code(component, x, y) - two.code(component, x, y)))
                }
            }
        }
        return largest
    }

    /// Within one code, where float sums taken in another order round to the next.
    @Test("Every layout, layer and target gives what the dense matte does", arguments: Layout.allCases)
    func equalsDense(layout: Layout) throws {
        let matted = matted(channels: 4)
        let layers: [BackgroundLayer] = [
            .transparent, .color(.screenGreen), .picture(TestPictures.random(37, 21, channels: 3, seed: 4)),
            .picture(TestPictures.random(12, 5, channels: 3, seed: 5)),
            .soft(TestPictures.random(12, 5, channels: 3, seed: 6)),
        ]
        for (index, layer) in layers.enumerated() {
            for scale in [1, 2] {
                for format in [PixelFormat.yuv420(), .yuva420(), .rgba, .gray(), .yuv420(depth: 10), .nv12] {
                    var target = Compositor.outputSize(for: layout, source: size)
                    if scale == 2 { target = Size(width: target.width * 2 - 1, height: 30) }
                    let compositor = Compositor(
                        layout: layout, alphaMode: index % 2 == 0 ? .straight : .premultiplied,
                        target: RenderTarget(
                            size: target, format: format, color: .init(), carriesAlpha: format.hasAlpha))
                    let one = try compositor.render(matted.affine, over: layer)
                    let two = try compositor.render(matted.dense, over: layer)
                    #expect(one.color == two.color && one.timestamp == two.timestamp)
                    #expect(largestDifference(one, two) <= 1, "\(layout), layer \(index), \(format), \(target)")
                }
            }
        }
    }

    /// A subject in the middle third with soft sides, before a background of its own colour.
    private func portrait() -> (affine: MattedFrame, dense: MattedFrame) {
        let size = Size(width: 240, height: 60)
        func coverage(_ x: Float, _ width: Float) -> Float {
            min(max(min(x - width / 3, width * 2 / 3 - x) / (width / 20) + 0.5, 0), 1)
        }
        let frame = TestPictures.frame(size, .yuv444(), color: .init(matrix: .bt709, range: .limited)) { index, x, y in
            let share = coverage(Float(x) + 0.5, 240)
            let (subject, room): (Float, Float) = [(180, 60), (110, 150), (150, 110)][index]
            return Int(subject * share + room * (1 - share) + (index == 0 ? Float(y % 7) : 0))
        }
        let offset = TestPictures.make(60, 15) { _, x, _ in coverage(Float(x) + 0.5, 60) }
        let slope = FloatImage.filled(0, size: offset.size, channels: 1)
        let matte = AffineMatte(slope: slope, offset: offset, pictureSize: size)
        return (
            MattedFrame(frame: frame, matte: .affine(matte), startsShot: false),
            MattedFrame(frame: frame, matte: .dense(matte.dense(for: frame)), startsShot: false)
        )
    }

    @Test("A foreground estimated on the grid is near the one of every pixel, and exact at both ends")
    func estimatesOnTheGrid() throws {
        let (affine, dense) = portrait()
        let size = affine.frame.size
        let compositor = Compositor(
            layout: .composite, alphaMode: .straight,
            target: RenderTarget(size: size, format: .yuv444(), color: affine.frame.color, carriesAlpha: false))
        let green = BackgroundLayer.color(.screenGreen)
        let one = try compositor.render(affine, over: green)
        let two = try compositor.render(dense, over: green)
        // Both are guesses at the soft sides; a composite with the old background in it would be 20 and more off.
        #expect(largestDifference(one, two) <= 4)
        let backdrop = try compositor.render(
            MattedFrame(
                frame: affine.frame,
                matte: .affine(
                    AffineMatte(
                        slope: .filled(0, size: size, channels: 1), offset: .filled(0, size: size, channels: 1),
                        pictureSize: size)), startsShot: false), over: green)
        for component in 0..<3 {
            for y in 0..<size.height {
                for x in 100..<140 { #expect(one.code(component, x, y) == affine.frame.code(component, x, y)) }
                for x in 0..<60 { #expect(one.code(component, x, y) == backdrop.code(component, x, y)) }
            }
        }
    }

    @Test("Blurred backgrounds take affine mattes", arguments: [3.0, 9, 30])
    func blurs(radius: Double) throws {
        let matted = matted(channels: 4)
        let one = try #require(BlurBackground(radius: radius).layer(for: matted.affine).shownPicture)
        let two = try #require(BlurBackground(radius: radius).layer(for: matted.dense).shownPicture)
        #expect(one.size == two.size)
        #expect(zip(one.values, two.values).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test("A matte of another frame's size is refused")
    func refuses() {
        let other = TestPictures.frame(Size(width: 3, height: 3), .rgb24) { _, _, _ in 0 }
        let stray = MattedFrame(frame: other, matte: matted(channels: 4).affine.matte, startsShot: false)
        let target = RenderTarget(size: other.size, format: .rgb24, color: .sRGB, carriesAlpha: false)
        let compositor = Compositor(layout: .composite, alphaMode: .straight, target: target)
        #expect(throws: MatteError.self) { try compositor.render(stray, over: .color(.black)) }
    }
}
