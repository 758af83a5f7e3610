import Foundation
import Frames
@testable import Pixels
import TestSupport
import Testing

/// Copying the background where nothing of the subject is, against rendering it there: the same codes, all of them.
@Suite struct BareBackgroundTests {
    /// A subject of a few points of the grid, slopes of both signs, and everywhere else alpha that is 0 or below.
    private static func matte(_ size: Size, _ turn: Int, _ generator: inout SeededRandom) -> AffineMatte {
        let divisor = [8, 3, 2, 1][turn % 4]
        let grid = Size(width: max(size.width / divisor, 1), height: max(size.height / divisor, 1))
        let (x, y) = (
            Int.random(in: 0..<grid.width, using: &generator), Int.random(in: 0..<grid.height, using: &generator)
        )
        func make(_ value: (_ isSubject: Bool, inout SeededRandom) -> Float) -> FloatImage {
            var random = SeededRandom(seed: UInt64(turn + 1))
            return TestPictures.make(grid.width, grid.height, channels: 4) { channel, column, row in
                value(channel < 3 || abs(column - x) < 3 && abs(row - y) < 2, &random)
            }
        }
        return AffineMatte(
            slope: make { $0 ? Float.random(in: -1...1, using: &$1) : Float.random(in: -0.5...0, using: &$1) },
            offset: make { $0 ? Float.random(in: -0.2...1, using: &$1) : Float.random(in: -0.5...0, using: &$1) },
            pictureSize: size)
    }

    @Test("A render with bare background is the render without", arguments: OtherFormats.writable.indices)
    func sameCodes(index: Int) throws {
        let format = OtherFormats.writable[index]
        var generator = SeededRandom(seed: UInt64(100 + index))
        var (bare, strips) = (0, 0)
        // Odd sides, several tiles, strips that are cut by the bands.
        for (turn, (width, height)) in [(1, 1), (37, 41), (1031, 17), (66, 136)].enumerated() {
            let size = Size(width: width, height: height)
            let color = ColorDescription(
                matrix: .bt709, range: .limited, chromaLocation: [.left, .center, .topLeft, .bottom][turn % 4])
            let frame = TestPictures.frame(size, .yuv420(), color: color) { _, _, _ in
                Int.random(in: 0..<256, using: &generator)
            }
            let matte = Self.matte(size, index + turn, &generator)
            let picture = TestPictures.make(width, height, channels: 3) { _, _, _ in
                Float.random(in: 0...1, using: &generator)
            }
            let contents: [AffineContent] = [
                .alpha, .over(SIMD3(0.47, 1, 0.6)), .overPicture(picture), .premultiplied, .straight(threshold: 0.002),
            ]
            let writer = FrameWriter(pool: FramePool(size: size, format: format), color: color)
            for content in [contents[(index + turn) % 5], contents[(index + 2 * turn + 1) % 5]] {
                let whole = try writer.write(matte, of: frame, as: content)
                let copied = try writer.write(
                    matte, of: frame, as: content, bare: BareBackground(content, writer: writer))
                #expect(Self.isSame(whole, copied), "\(format), \(size), \(content)")
            }
            let renderer = AffineRenderer(matte, of: frame, as: .alpha, besideSource: false)
            for tile in renderer.tiles.indices {
                for start in stride(from: 0, to: height, by: 8) {
                    strips += 1
                    if renderer.isBare(start..<min(start + 8, height), tile: tile, margin: 2) { bare += 1 }
                }
            }
        }
        // Else this would compare nothing.
        #expect(bare > strips / 4 && bare < strips, "\(bare) of \(strips)")
    }

    private static func isSame(_ one: Frame, _ two: Frame) -> Bool {
        (0..<one.format.planeCount).allSatisfy { index in
            let (rowBytes, rows) = one.format.layout(ofPlane: index, in: one.size)
            return one.withPlane(index) { first in
                two.withPlane(index) { second in
                    (0..<rows).allSatisfy {
                        memcmp(first.base + $0 * first.strideBytes, second.base + $0 * second.strideBytes, rowBytes)
                            == 0
                    }
                }
            }
        }
    }

    @Test("A strip is bare only where alpha is 0 for black and for white")
    func bounds() {
        let size = Size(width: 64, height: 64)
        let frame = TestPictures.frame(size, .yuv420(), color: ColorDescription(matrix: .bt709, range: .full)) {
            _, _, _ in 128
        }
        func isBare(slope: Float, offset: Float, margin: Int = 0, strip: Range<Int> = 0..<8) -> Bool {
            func grid(_ value: Float) -> FloatImage {
                TestPictures.make(8, 8, channels: 4) { channel, x, y in channel == 3 && (x, y) == (7, 2) ? value : 0 }
            }
            let matte = AffineMatte(slope: grid(slope), offset: grid(offset), pictureSize: size)
            return AffineRenderer(matte, of: frame, as: .alpha, besideSource: false)
                .isBare(strip, tile: 0, margin: margin)
        }
        let rows = 16..<24
        #expect(isBare(slope: 0, offset: 0, strip: rows))
        #expect(isBare(slope: 0.5, offset: -0.5, strip: rows))
        #expect(isBare(slope: .nan, offset: 0, strip: rows))
        #expect(!isBare(slope: 0.5, offset: -0.4, strip: rows))
        #expect(!isBare(slope: -1, offset: 0.1, strip: rows))
        // The point lies at row 20: its neighbours' rows 12 and 28 are where it ends.
        #expect(isBare(slope: 1, offset: 0, strip: 0..<8))
        #expect(!isBare(slope: 1, offset: 0, margin: 8, strip: 0..<8))
        #expect(isBare(slope: 1, offset: 0, strip: 32..<40))
    }

    @Test("It is made anew for another colour or picture alone")
    func shows() throws {
        let writer = FrameWriter(
            pool: FramePool(size: Size(width: 4, height: 4), format: .yuv420()),
            color: ColorDescription(matrix: .bt709, range: .limited))
        let one = FloatImage.filled(0.5, size: Size(width: 4, height: 4), channels: 3)
        let two = FloatImage.filled(0.5, size: Size(width: 4, height: 4), channels: 3)
        let green = try BareBackground(.over(SIMD3(0, 1, 0)), writer: writer)
        #expect(green.shows(.over(SIMD3(0, 1, 0))))
        #expect(!green.shows(.over(SIMD3(0, 1, 0.1))) && !green.shows(.premultiplied))
        let picture = try BareBackground(.overPicture(one), writer: writer)
        #expect(picture.shows(.overPicture(one)) && !picture.shows(.overPicture(two)))
        #expect(throws: MatteError.self) {
            try BareBackground(.overPicture(.filled(0, size: Size(width: 3, height: 4), channels: 3)), writer: writer)
        }
    }
}
