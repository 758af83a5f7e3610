import Compositing
import Frames
import Pixels
import TestSupport
import Testing

@Suite struct CompositorTests {
    private let subject: [Float] = [200.0 / 255, 100.0 / 255, 50.0 / 255]
    private let room: [Float] = [10.0 / 255, 20.0 / 255, 30.0 / 255]
    /// Columns of alpha 0, 0.001 (which 8 bits round to 0), 0.5 and 1.
    private let alpha = TestPictures.make(4, 3) { _, x, _ in [0, 0.001, 0.5, 1][x] }

    private func render(
        _ layout: Layout, _ mode: AlphaMode = .straight, format: PixelFormat = .rgba, carriesAlpha: Bool = true,
        size: Size = Size(width: 4, height: 3), color: ColorDescription = .init(),
        over layer: BackgroundLayer = .transparent, alpha other: FloatImage? = nil
    ) throws -> Frame {
        let target = RenderTarget(size: size, format: format, color: color, carriesAlpha: carriesAlpha)
        let matted = MattedFrames.flat(room, alpha: other ?? alpha, foreground: subject, seconds: 1)
        return try Compositor(layout: layout, alphaMode: mode, target: target).render(matted, over: layer)
    }

    private func pixel(_ frame: Frame, _ x: Int) -> [Int] {
        frame.format.components.indices.map { frame.code($0, x, 1) }
    }

    @Test("Over a colour: exactly the subject at 1, exactly the colour at 0")
    func overColor() throws {
        let frame = try render(.composite, over: .color(.screenGreen))
        #expect(pixel(frame, 0) == [0x78, 0xFF, 0x9B, 255])
        #expect(pixel(frame, 2) == [160, 178, 103, 255])
        #expect(pixel(frame, 3) == [200, 100, 50, 255])
    }

    @Test("Over a picture: exactly the picture where alpha is 0; another size is resized")
    func overPicture() throws {
        let behind = TestPictures.make(4, 3, channels: 3) { channel, x, y in Float(x * 40 + y * 7 + channel) / 255 }
        let frame = try render(.composite, format: .rgb24, carriesAlpha: false, over: .picture(behind))
        #expect(pixel(frame, 0) == [7, 8, 9])
        #expect(pixel(frame, 3) == [200, 100, 50])
        let small = TestPictures.make(2, 2, channels: 3) { _, _, _ in 1 }
        #expect(try pixel(render(.composite, over: .picture(small)), 0) == [255, 255, 255, 255])
    }

    @Test("Straight colour is the subject's, and black where alpha is 0: nothing of the room stays")
    func straight() throws {
        let frame = try render(.composite)
        #expect(pixel(frame, 0) == [0, 0, 0, 0])
        #expect(pixel(frame, 1) == [0, 0, 0, 0])
        #expect(pixel(frame, 2) == [200, 100, 50, 128])
        #expect(pixel(frame, 3) == [200, 100, 50, 255])
    }

    @Test("Premultiplied colour is the straight one times alpha")
    func premultiplied() throws {
        let frame = try render(.composite, .premultiplied)
        #expect(pixel(frame, 0) == [0, 0, 0, 0])
        #expect(pixel(frame, 2) == [100, 50, 25, 128])
        #expect(pixel(frame, 3) == [200, 100, 50, 255])
    }

    @Test("Where alpha cannot be carried, a transparent layer is black")
    func transparentWithoutAlpha() throws {
        #expect(try pixel(render(.composite, format: .rgb24, carriesAlpha: false), 2) == [100, 50, 25])
        #expect(try pixel(render(.composite, carriesAlpha: false), 0) == [0, 0, 0, 255])
    }

    @Test("Alpha as grey takes the whole range, with neutral chroma")
    func alphaLayout() throws {
        for format in [PixelFormat.gray(), .yuv420(), .nv12, .yuv444()] {
            let frame = try render(.alpha, format: format, carriesAlpha: false)
            #expect(frame.color.range == .full)
            #expect((0..<4).map { frame.code(0, $0, 2) } == [0, 0, 128, 255])
            if format.model == .yuv { #expect(frame.code(1, 0, 0) == 128 && frame.code(2, 1, 1) == 128) }
        }
        #expect(try pixel(render(.alpha), 2) == [128, 128, 128, 255])
        #expect(try render(.alpha, format: .gray(depth: 16), carriesAlpha: false).code(0, 3, 0) == 65535)
    }

    @Test("The foreground alone is over black, or has its alpha beside it")
    func foregroundLayout() throws {
        #expect(try pixel(render(.foreground, format: .rgb24, carriesAlpha: false), 2) == [100, 50, 25])
        #expect(try pixel(render(.foreground, format: .rgb24, carriesAlpha: false), 0) == [0, 0, 0])
        #expect(try pixel(render(.foreground, over: .color(.black)), 2) == [200, 100, 50, 128])
    }

    @Test("Side by side: the source, then the composite; a chequerboard where it is transparent")
    func sideBySide() throws {
        let size = Compositor.outputSize(for: .sideBySide, source: Size(width: 4, height: 3))
        #expect(size == Size(width: 8, height: 3))
        #expect(Compositor.outputSize(for: .alpha, source: size) == size)
        let frame = try render(.sideBySide, format: .rgb24, carriesAlpha: false, size: size, over: .color(.screenGreen))
        #expect(pixel(frame, 0) == [10, 20, 30] && pixel(frame, 3) == [10, 20, 30])
        #expect(pixel(frame, 4) == [0x78, 0xFF, 0x9B] && pixel(frame, 7) == [200, 100, 50])
        let board = try render(.sideBySide, format: .rgb24, carriesAlpha: false, size: size)
        #expect(pixel(board, 4) == [204, 204, 204] && pixel(board, 7) == [200, 100, 50])
        // Nine columns: four of source, five of composite.
        let odd = try render(.sideBySide, format: .rgb24, carriesAlpha: false, size: Size(width: 9, height: 3))
        #expect(odd.size.width == 9)
    }

    @Test("A contact sheet: source, alpha, foreground over black, composite")
    func contactSheet() throws {
        let size = Compositor.outputSize(for: .contactSheet, source: Size(width: 4, height: 3))
        #expect(size == Size(width: 16, height: 3))
        let frame = try render(
            .contactSheet, format: .rgb24, carriesAlpha: false, size: size, over: .color(.screenGreen))
        #expect(pixel(frame, 0) == [10, 20, 30] && pixel(frame, 3) == [10, 20, 30])
        #expect(pixel(frame, 4) == [0, 0, 0] && pixel(frame, 7) == [255, 255, 255])
        #expect(pixel(frame, 8) == [0, 0, 0] && pixel(frame, 11) == [200, 100, 50])
        #expect(pixel(frame, 12) == [0x78, 0xFF, 0x9B] && pixel(frame, 15) == [200, 100, 50])
    }

    @Test("Time, duration and shape of pixels are the frame's")
    func carriesTime() throws {
        let frame = try render(.composite)
        #expect(frame.timestamp == Timestamp(ticks: 90_000, timeBase: Rational(1, 90_000)))
        #expect(frame.duration == 3000)
    }

    @Test(
        "Another target size: straight colour does not take in what lies under alpha 0", arguments: AlphaMode.allCases)
    func scales(mode: AlphaMode) throws {
        let wide = TestPictures.make(40, 30) { _, x, _ in x < 20 ? 0 : 1 }
        let frame = try render(.composite, mode, size: Size(width: 21, height: 15), alpha: wide)
        for x in 0..<21 {
            let codes = pixel(frame, x)
            if codes[3] == 0 {
                #expect(codes == [0, 0, 0, 0])
            } else if mode == .straight && codes[3] > 8 {
                #expect(abs(codes[0] - 200) <= 1 && abs(codes[1] - 100) <= 1 && abs(codes[2] - 50) <= 1)
            } else if mode == .premultiplied {
                #expect(abs(codes[0] - codes[3] * 200 / 255) <= 1)
            }
        }
        #expect(pixel(frame, 0)[3] == 0 && pixel(frame, 20)[3] == 255)
    }

    @Test("Every layout and format, from one pixel to odd sides", arguments: Layout.allCases)
    func total(layout: Layout) throws {
        let formats: [PixelFormat] = [
            .yuv420(), .yuv420(depth: 10), .yuva420(), .yuva444(depth: 12), .gbrap(depth: 16), .rgba64, .gray(), .nv12,
        ]
        let layers: [BackgroundLayer] = [.transparent, .color(.screenGreen)]
        for source in [Size(width: 1, height: 1), Size(width: 5, height: 3), Size(width: 17, height: 2)] {
            let random = TestPictures.random(source.width, source.height, seed: 3)
            for format in formats {
                let size = Compositor.outputSize(for: layout, source: source)
                for layer in layers {
                    let frame = try render(
                        layout, format: format, carriesAlpha: format.hasAlpha, size: size, over: layer, alpha: random)
                    #expect(frame.size == size && frame.format == format)
                }
            }
        }
    }

    @Test("A matte that does not fit is refused")
    func refusesMisfit() {
        let matted = MattedFrames.make(
            picture: TestPictures.make(4, 3, channels: 3) { _, _, _ in 0 },
            alpha: TestPictures.make(3, 3) { _, _, _ in 0 })
        let target = RenderTarget(
            size: Size(width: 4, height: 3), format: .rgba, color: .sRGB, carriesAlpha: true)
        let compositor = Compositor(layout: .composite, alphaMode: .straight, target: target)
        #expect(throws: MatteError.self) { try compositor.render(matted, over: .transparent) }
    }
}
