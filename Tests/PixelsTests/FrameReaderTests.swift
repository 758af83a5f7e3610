import Frames
import Pixels
import TestSupport
import Testing

@Suite struct FrameReaderTests {
    private static let sizes = [(1, 1), (2, 2), (1, 5), (7, 1), (9, 5), (16, 6), (37, 11)]
    private static let locations: [ColorDescription.ChromaLocation] = [
        .unspecified, .left, .center, .topLeft, .top, .bottomLeft, .bottom,
    ]

    @Test("Every format, range, siting, odd size and stride reads as H.273 says", arguments: OtherFormats.readable)
    func matchesReference(format: PixelFormat) {
        var random = SeededRandom(seed: 11)
        for (index, (width, height)) in Self.sizes.enumerated() {
            let color = ColorDescription(
                matrix: [.bt709, .smpte170m, .bt2020NonConstant, .unspecified][index % 4],
                range: index % 2 == 0 ? .limited : .full, chromaLocation: Self.locations[index])
            let size = Size(width: width, height: height)
            let frame = TestPictures.frame(
                size, format, color: color, padding: index % 3 * 5, isBottomUp: index % 2 == 1
            ) { component, _, _ in
                Int.random(in: 0..<(1 << format.components[component].depth), using: &random)
            }
            let picture = FrameReader().read(frame)
            #expect(picture.size == size && picture.channels == 3)
            var worst = 0.0
            for y in 0..<height {
                for x in 0..<width {
                    let expected = ReferenceConversion.rgb(frame, x, y)
                    for channel in 0..<3 {
                        worst = max(worst, abs(Double(picture.value(channel, x, y)) - expected[channel]))
                    }
                }
            }
            #expect(worst < 2e-6, "\(format) \(size) \(color)")
        }
    }

    @Test("An untagged small clip is BT.601 limited, a large one BT.709")
    func untagged() {
        for (width, height, matrix) in [(64, 48, ColorDescription.Matrix.smpte170m), (2, 720, .bt709)] {
            let size = Size(width: width, height: height)
            func frame(_ color: ColorDescription) -> Frame {
                TestPictures.frame(size, .yuv444(), color: color) { component, _, _ in [120, 90, 170][component] }
            }
            let tagged = ColorDescription(matrix: matrix, range: .limited, chromaLocation: .left)
            #expect(FrameReader().read(frame(.init())).values == FrameReader().read(frame(tagged)).values)
        }
    }

    @Test("Codes beyond black and white, and colours that no display has, are cut to 0…1")
    func clamps() {
        for codes in [[255, 128, 128], [0, 128, 128], [200, 255, 0], [20, 0, 255]] {
            let frame = TestPictures.frame(Size(width: 3, height: 3), .yuv444()) { component, _, _ in codes[component] }
            #expect(FrameReader().read(frame).values.allSatisfy { (0...1).contains($0) })
        }
        let white = TestPictures.frame(Size(width: 1, height: 1), .yuv420()) { component, _, _ in
            component == 0 ? 235 : 128
        }
        #expect(FrameReader().read(white).values == [1, 1, 1])
    }

    @Test("Alpha of the input does not change its colours")
    func ignoresAlpha() {
        func frame(_ alpha: Int) -> Frame {
            TestPictures.frame(Size(width: 5, height: 3), .rgba) { component, x, y in
                component == 3 ? alpha : (x * 31 + y * 7 + component * 50) % 256
            }
        }
        #expect(FrameReader().read(frame(0)).values == FrameReader().read(frame(255)).values)
    }

    @Test("Large pictures, cut into bands, equal the same rows read alone")
    func bands() {
        let size = Size(width: 301, height: 203)
        let frame = TestPictures.frame(size, .yuv444()) { component, x, y in (x * 7 + y * 13 + component * 80) % 256 }
        let whole = FrameReader(pool: FloatPool()).read(frame)
        for y in [0, 1, 57, 101, 202] {
            let row = TestPictures.frame(
                Size(width: 301, height: 1), .yuv444(), color: frame.color.resolved(for: size, format: frame.format)
            ) { component, x, _ in (x * 7 + y * 13 + component * 80) % 256 }
            let alone = FrameReader().read(row)
            for x in 0..<301 where whole.value(1, x, y) != alone.value(1, x, 0) {
                Issue.record("differs at \(x), \(y)")
            }
        }
    }

    @Test("A thumbnail's cells are means of luma")
    func thumbnail() {
        let size = Size(width: 10, height: 6)
        let gray = TestPictures.frame(size, .gray(), color: .init(range: .full)) { _, x, y in x * 20 + y }
        let cells = FrameReader.thumbnail(gray, size: Size(width: 2, height: 2)).values
        for (cell, (columns, rows)) in zip(cells, [(0..<5, 0..<3), (5..<10, 0..<3), (0..<5, 3..<6), (5..<10, 3..<6)]) {
            var sum = 0
            for x in columns { for y in rows { sum += x * 20 + y } }
            #expect(abs(cell - Float(sum) / 15 / 255) < 1e-5)
        }
        let green = TestPictures.frame(size, .rgb24) { component, _, _ in component == 1 ? 255 : 0 }
        #expect(
            FrameReader.thumbnail(green, size: Size(width: 3, height: 1)).values.allSatisfy { abs($0 - 0.7152) < 1e-4 })
        let tiny = TestPictures.frame(Size(width: 1, height: 1), .yuv420()) { component, _, _ in
            component == 0 ? 235 : 128
        }
        #expect(FrameReader.thumbnail(tiny, size: Size(width: 4, height: 3)).values == [Float](repeating: 1, count: 12))
    }
}
