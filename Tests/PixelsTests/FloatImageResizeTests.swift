import Foundation
import Frames
import Pixels
import TestSupport
import Testing

@Suite struct FloatImageResizeTests {
    private static let sizes = [(1, 1), (1, 7), (9, 1), (5, 4), (13, 21), (40, 3)]

    /// The formula in PyTorch's documentation of `align_corners=False`, pixel by pixel.
    private func bilinear(_ picture: FloatImage, _ channel: Int, _ x: Int, _ y: Int, _ target: Size) -> Double {
        func axis(_ index: Int, _ old: Int, _ new: Int) -> (Int, Int, Double) {
            let position = max((Double(index) + 0.5) * Double(old) / Double(new) - 0.5, 0)
            let low = min(Int(position), old - 1)
            return (low, min(low + 1, old - 1), position - Double(low))
        }
        let (left, right, fx) = axis(x, picture.size.width, target.width)
        let (top, bottom, fy) = axis(y, picture.size.height, target.height)
        func at(_ x: Int, _ y: Int) -> Double { Double(picture.value(channel, x, y)) }
        return (at(left, top) * (1 - fx) + at(right, top) * fx) * (1 - fy)
            + (at(left, bottom) * (1 - fx) + at(right, bottom) * fx) * fy
    }

    @Test("Bilinear is PyTorch's, larger and smaller")
    func bilinearMatchesFormula() {
        for (width, height) in Self.sizes {
            let picture = TestPictures.random(width, height, channels: 2, seed: UInt64(width))
            for (newWidth, newHeight) in Self.sizes {
                let target = Size(width: newWidth, height: newHeight)
                let resized = picture.resized(to: target, filter: .bilinear)
                for channel in 0..<2 {
                    for y in 0..<newHeight {
                        for x in 0..<newWidth {
                            let error = Double(resized.value(channel, x, y)) - bilinear(picture, channel, x, y, target)
                            #expect(abs(error) < 1e-5)
                        }
                    }
                }
            }
        }
    }

    @Test("Twice as wide is the same as any other width", arguments: [(1, 1), (2, 3), (33, 7), (130, 40)])
    func doubled(width: Int, height: Int) {
        let picture = TestPictures.random(width, height, seed: 21)
        let values = picture.values
        let large = picture.resized(to: Size(width: 2 * width, height: 2 * height), filter: .bilinear).values
        func value(_ column: Int, _ row: Int) -> Float {
            let (x, y) = (max((Float(column) - 0.5) / 2, 0), max((Float(row) - 0.5) / 2, 0))
            let (left, top) = (min(Int(x), width - 1), min(Int(y), height - 1))
            let (right, below) = (min(left + 1, width - 1), min(top + 1, height - 1))
            func between(_ line: Int) -> Float {
                values[line * width + left] * (1 - x + Float(left)) + values[line * width + right] * (x - Float(left))
            }
            return between(top) * (1 - y + Float(top)) + between(below) * (y - Float(top))
        }
        for row in 0..<2 * height {
            for column in 0..<2 * width {
                #expect(abs(large[row * 2 * width + column] - value(column, row)) < 1e-6)
            }
        }
        let flat = FloatImage.filled(0.3, size: picture.size, channels: 1)
        let wide = flat.resized(to: Size(width: 2 * width, height: height), filter: .bilinear)
        #expect(wide.values.allSatisfy { abs($0 - 0.3) < 1e-7 })
    }

    @Test("Area averages what a pixel covers and keeps the mean")
    func area() {
        let picture = TestPictures.make(4, 2) { _, x, y in Float(x + 4 * y) }
        #expect(picture.resized(to: Size(width: 2, height: 1), filter: .area).values == [2.5, 4.5])
        let thirds = TestPictures.make(3, 1) { _, x, _ in Float(x) }.resized(
            to: Size(width: 2, height: 1), filter: .area)
        #expect(abs(thirds.value(0, 0, 0) - 1 / 3) < 1e-6 && abs(thirds.value(0, 1, 0) - 5 / 3) < 1e-6)
        let random = TestPictures.random(17, 23, seed: 3)
        let small = random.resized(to: Size(width: 5, height: 7), filter: .area)
        func mean(_ image: FloatImage) -> Float { image.values.reduce(0, +) / Float(image.size.pixelCount) }
        #expect(abs(mean(random) - mean(small)) < 1e-5)
        let tripled = random.resized(to: Size(width: 51, height: 69), filter: .area)
        #expect(tripled.value(0, 10, 10) == random.value(0, 3, 3))
    }

    @Test("Lanczos keeps flat pictures and 0…1, and does not alias")
    func lanczos() {
        for (width, height) in Self.sizes {
            let flat = TestPictures.make(width, height) { _, _, _ in 0.3 }
            let edges = TestPictures.make(width, height) { _, x, y in (x / 2 + y / 3) % 2 == 0 ? 0 : 1 }
            for (newWidth, newHeight) in Self.sizes {
                let target = Size(width: newWidth, height: newHeight)
                let resized = flat.resized(to: target, filter: .lanczos)
                #expect(resized.values.allSatisfy { abs($0 - 0.3) < 1e-5 })
                #expect(edges.resized(to: target, filter: .lanczos).values.allSatisfy { (0...1).contains($0) })
            }
        }
        // A grating finer than the new pixels can hold becomes grey.
        let grating = TestPictures.make(120, 4) { _, x, _ in x % 2 == 0 ? 0 : 1 }
        let small = grating.resized(to: Size(width: 40, height: 4), filter: .lanczos)
        #expect((4..<36).allSatisfy { abs(small.value(0, $0, 2) - 0.5) < 0.03 })
        // A slow wave stays where it is.
        let wave = TestPictures.make(90, 1) { _, x, _ in 0.5 + 0.4 * sin(Float(x) / 9) }
        let third = wave.resized(to: Size(width: 30, height: 1), filter: .lanczos)
        #expect((4..<26).allSatisfy { abs(third.value(0, $0, 0) - wave.value(0, 3 * $0 + 1, 0)) < 0.01 })
    }

    @Test("Crops, pads, tiles and neighbours have every pixel in place")
    func windows() {
        let picture = TestPictures.make(3, 2, channels: 2) { channel, x, y in Float(channel * 100 + y * 10 + x) }
        func expected(_ size: Size, _ value: (Int, Int, Int) -> Float) -> [Float] {
            TestPictures.make(size.width, size.height, channels: 2, value: value).values
        }
        let target = Size(width: 6, height: 5)
        for (x, y) in [(0, 0), (-2, -1), (1, 1), (7, 9), (-9, -9)] {
            let clamped = expected(target) { channel, column, row in
                picture.value(channel, min(max(column + x, 0), 2), min(max(row + y, 0), 1))
            }
            #expect(picture.cropped(x: x, y: y, to: target).values == clamped)
            let bordered = expected(target) { channel, column, row in
                let (column, row) = (column + x, row + y)
                return (0..<3).contains(column) && (0..<2).contains(row) ? picture.value(channel, column, row) : -1
            }
            #expect(picture.cropped(x: x, y: y, to: target, outside: -1).values == bordered)
        }
        #expect(picture.cropped(x: 1, y: 0, to: Size(width: 1, height: 2)).values == [1, 11, 101, 111])
        #expect(picture.tiled(over: target).values == expected(target) { picture.value($0, $1 % 3, $2 % 2) })
        #expect(
            picture.beside(picture).values
                == expected(Size(width: 6, height: 2)) { picture.value($0, $1 % 3, $2) })
    }
}
