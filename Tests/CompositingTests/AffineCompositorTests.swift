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

    @Test(
        "Every layout, layer and target gives the codes of the dense matte",
        arguments: Layout.allCases, [4, 1])
    func equalsDense(layout: Layout, channels: Int) throws {
        let matted = matted(channels: channels)
        let layers: [BackgroundLayer] = [
            .transparent, .color(.screenGreen), .picture(TestPictures.random(37, 21, channels: 3, seed: 4)),
            .picture(TestPictures.random(12, 5, channels: 3, seed: 5)),
        ]
        let formats: [PixelFormat] = [.yuv420(), .yuva420(), .rgba, .gray()]
        var different = 0
        for (index, layer) in layers.enumerated() {
            for scale in [1, 2] {
                for format in formats {
                    var target = Compositor.outputSize(for: layout, source: size)
                    if scale == 2 { target = Size(width: target.width * 2 - 1, height: 30) }
                    let compositor = Compositor(
                        layout: layout, alphaMode: index % 2 == 0 ? .straight : .premultiplied,
                        target: RenderTarget(
                            size: target, format: format, color: .init(), carriesAlpha: format.hasAlpha))
                    let one = try compositor.render(matted.affine, over: layer)
                    let two = try compositor.render(matted.dense, over: layer)
                    #expect(one.color == two.color && one.timestamp == two.timestamp)
                    for component in format.components.indices {
                        let plane = format.size(ofComponent: component, in: target)
                        for y in 0..<plane.height {
                            for x in 0..<plane.width {
                                if one.code(component, x, y) != two.code(component, x, y) { different += 1 }
                            }
                        }
                    }
                }
            }
        }
        #expect(different == 0)
    }

    @Test("Blurred backgrounds take affine mattes")
    func blurs() {
        let matted = matted(channels: 4)
        let one = BlurBackground(radius: 3).layer(for: matted.affine).shownPicture
        let two = BlurBackground(radius: 3).layer(for: matted.dense).shownPicture
        #expect(one != nil && one?.values == two?.values)
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
