import Frames
import Pixels
import TestSupport
import Testing

/// The render in one pass against the general path: dense matte, then composite, then write. The codes are the same,
/// all of them.
@Suite struct AffineRenderTests {
    private static let contents: [AffineContent] = [
        .alpha, .over(SIMD3(0.47, 1, 0.6)), .premultiplied, .straight(threshold: 0.002),
        .overPicture(FloatImage.filled(0, size: Size(width: 1, height: 1), channels: 3)),
    ]
    /// From one pixel to odd sides, then heights around the number of bands, large enough to be cut into them.
    private static let sizes = [
        (1, 1), (1, 9), (9, 1), (2, 2), (3, 5), (17, 31), (300, 15), (280, 16), (271, 17), (131, 33), (1031, 9),
    ]

    private static func random(
        _ size: Size, channels: Int, _ range: ClosedRange<Float>, _ random: inout SeededRandom
    ) -> FloatImage {
        TestPictures.make(size.width, size.height, channels: channels) { _, _, _ in
            Float.random(in: range, using: &random)
        }
    }

    /// Grids of one row or column, coarse ones, one of the picture's own size, and finer ones.
    static func matte(_ index: Int, _ size: Size, _ generator: inout SeededRandom) -> AffineMatte {
        let grid = [
            Size(width: 1, height: 1), Size(width: max(size.width / 7, 1), height: max(size.height / 4, 1)),
            Size(width: 5, height: 1), size, Size(width: 1, height: 3),
            Size(width: (size.width + 1) / 2, height: (size.height + 2) / 3),
            Size(width: size.width, height: (size.height + 1) / 2), Size(width: 11, height: size.height),
        ][index % 8]
        // Wide enough that alpha and colours are cut at both ends, often.
        return AffineMatte(
            slope: random(grid, channels: 4, -1.5...1.5, &generator),
            offset: random(grid, channels: 4, -0.8...1.2, &generator), pictureSize: size)
    }

    private static func frame(
        _ size: Size, _ format: PixelFormat, _ index: Int, _ generator: inout SeededRandom
    ) -> Frame {
        let color = ColorDescription(
            matrix: index % 2 == 0 ? .bt709 : .smpte170m, range: index % 3 == 0 ? .full : .limited,
            chromaLocation: [.left, .center, .topLeft, .bottom][index % 4])
        return TestPictures.frame(
            size, format, color: color, padding: index % 3 * 5, isBottomUp: index % 2 == 1
        ) { component, _, _ in
            Int.random(in: 0..<(1 << format.components[component].depth), using: &generator)
        }
    }

    private func reference(_ matte: DenseMatte, _ content: AffineContent) throws -> (FloatImage, FloatImage?) {
        if case .alpha = content { return (matte.alpha, nil) }
        let foreground = try #require(matte.foreground)
        return switch content {
        case .alpha: (matte.alpha, nil)
        case .over(let color):
            (foreground.over(color: [color.x, color.y, color.z], alpha: matte.alpha), nil)
        case .overPicture(let picture): (foreground.over(picture, alpha: matte.alpha), nil)
        case .premultiplied: (foreground.multiplied(by: matte.alpha), matte.alpha)
        case .straight(let threshold): (foreground.kept(where: matte.alpha, isAtLeast: threshold), matte.alpha)
        }
    }

    private func different(_ one: Frame, _ two: Frame) -> Int {
        var count = 0
        for index in one.format.components.indices {
            let size = one.format.size(ofComponent: index, in: one.size)
            for y in 0..<size.height {
                for x in 0..<size.width where one.code(index, x, y) != two.code(index, x, y) { count += 1 }
            }
        }
        return count
    }

    /// Source formats, each with targets of all kinds in turn. The matte, the place of the samples and the bands may
    /// all be odd.
    @Test("One pass gives the general path's codes", arguments: OtherFormats.readable.indices)
    func equalsGeneralPath(index: Int) throws {
        let format = OtherFormats.readable[index]
        var generator = SeededRandom(seed: UInt64(index + 1))
        for (turn, (width, height)) in Self.sizes.enumerated() {
            let size = Size(width: width, height: height)
            // The source's own format every other time, as in most runs.
            let others = OtherFormats.writable
            let target = turn % 2 == 0 && index < others.count ? format : others[(index * 7 + turn) % others.count]
            let frame = Self.frame(size, format, index + turn, &generator)
            let matte = Self.matte(index + turn, size, &generator)
            var content = Self.contents[(index + turn / 2) % Self.contents.count]
            if case .overPicture = content {
                content = .overPicture(Self.random(size, channels: 3, 0...1, &generator))
            }
            let writer = FrameWriter(pool: FramePool(size: size, format: target), color: frame.color)
            let fused = try writer.write(matte, of: frame, as: content)
            let (picture, alpha) = try reference(matte.dense(for: frame), content)
            let general = try writer.write(picture, alpha: alpha, timestamp: frame.timestamp)
            #expect(fused.timestamp == frame.timestamp && fused.color == general.color)
            #expect(different(fused, general) == 0, "\(format) to \(target), \(size), \(content)")
        }
    }

    @Test("A dense matte is what the equations say")
    func denseIsTheEquations() throws {
        var generator = SeededRandom(seed: 9)
        for (turn, (width, height)) in Self.sizes.enumerated() {
            let size = Size(width: width, height: height)
            let frame = Self.frame(size, .yuv420(), turn, &generator)
            let matte = Self.matte(turn, size, &generator)
            let dense = matte.dense(for: frame)
            let slope = matte.slope.resized(to: size, filter: .bilinear).values
            let offset = matte.offset.resized(to: size, filter: .bilinear).values
            let rgb = dense.picture.values
            #expect(rgb == FrameReader().read(frame).values)
            let (alpha, foreground) = (dense.alpha.values, try #require(dense.foreground).values)
            let count = size.pixelCount
            var worst = 0.0
            for pixel in 0..<count {
                func value(_ list: [Float], _ channel: Int) -> Double { Double(list[channel * count + pixel]) }
                let mean = (value(rgb, 0) + value(rgb, 1) + value(rgb, 2)) / 3
                func off(_ result: Double, _ expected: Double) {
                    worst = max(worst, abs(result - min(max(expected, 0), 1)))
                }
                off(value(alpha, 0), value(slope, 3) * mean + value(offset, 3))
                for channel in 0..<3 {
                    let color = value(rgb, channel)
                    off(
                        value(foreground, channel),
                        color + value(slope, channel) * color + value(offset, channel))
                }
            }
            #expect(worst < 1e-6, "\(size)")
            #expect(matte.dense(for: frame, withForeground: false).alpha.values == alpha)
            #expect(matte.dense(for: frame, withForeground: false).foreground == nil)
        }
    }

    @Test("Alpha 0 keeps the background's codes and alpha 1 the source's", arguments: [Float(0), 1])
    func exactEnds(alpha: Float) throws {
        let size = Size(width: 33, height: 19)
        let grid = Size(width: 4, height: 3)
        let zero = FloatImage.filled(0, size: grid, channels: 4)
        let offset = TestPictures.make(4, 3, channels: 4) { channel, _, _ in channel == 3 ? alpha : 0 }
        let matte = AffineMatte(slope: zero, offset: offset, pictureSize: size)
        for format in [PixelFormat.rgb24, .gbrp(depth: 10), .yuv444(), .yuv420(depth: 10), .nv12] {
            let color = ColorDescription(matrix: .bt709, range: .limited, chromaLocation: .left)
            // Colours that R'G'B' has, and chroma that is smooth enough to pass through unchanged.
            let frame = TestPictures.frame(size, format, color: color) { component, x, y in
                (component == 0 ? 118 + (x * 3 + y) % 40 : 124 + (x + y) / 8) << (format.depth - 8)
            }
            let writer = FrameWriter(pool: FramePool(size: size, format: format), color: color)
            let green = SIMD3<Float>(0x78, 0xFF, 0x9B) / 255
            let shown = try writer.write(matte, of: frame, as: .over(green))
            let picture = TestPictures.make(size.width, size.height, channels: 3) { channel, _, _ in green[channel] }
            let expected =
                alpha == 1
                ? try writer.write(FrameReader().read(frame), timestamp: frame.timestamp)
                : try writer.write(picture, timestamp: frame.timestamp)
            #expect(different(shown, expected) == 0, "\(format)")
            if alpha == 1 && format.log2ChromaWidth == 0 { #expect(different(shown, frame) == 0) }
        }
    }

    @Test("What does not fit is refused")
    func refuses() throws {
        let size = Size(width: 4, height: 3)
        var generator = SeededRandom(seed: 1)
        let frame = Self.frame(size, .rgb24, 0, &generator)
        let plane = FloatImage.filled(0, size: size, channels: 1)
        let alphaOnly = AffineMatte(slope: plane, offset: plane, pictureSize: size)
        let writer = FrameWriter(pool: FramePool(size: size, format: .rgb24), color: .sRGB)
        #expect(throws: MatteError.self) { try writer.write(alphaOnly, of: frame, as: .premultiplied) }
        #expect(try writer.write(alphaOnly, of: frame, as: .alpha).code(0, 3, 2) == 0)
        let other = AffineMatte(slope: plane, offset: plane, pictureSize: Size(width: 4, height: 4))
        #expect(throws: MatteError.self) { try writer.write(other, of: frame, as: .alpha) }
        let full = Self.matte(0, size, &generator)
        #expect(throws: MatteError.self) { try writer.write(full, of: frame, as: .overPicture(plane)) }
    }
}
