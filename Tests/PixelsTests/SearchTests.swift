import Frames
import Pixels
import TestSupport
import Testing

@Suite struct SearchTests {
    /// Pictures in which some rows, blocks and places are above a half.
    private func masks() -> [FloatImage] {
        var random = SeededRandom(seed: 4)
        return [1, 7, 31, 32, 33, 100].flatMap { width in
            [0.0, 0.02, 0.5, 0.98, 1].map { share in
                let values = (0..<width * 5).map { _ in Double.random(in: 0..<1, using: &random) < share ? Float(1) : 0
                }
                return TestPictures.make(width, 5) { _, x, y in values[y * width + x] }
            }
        }
    }

    @Test func everyNthPlaceIsChosen() {
        for mask in masks() {
            let values = mask.values
            let inside = values.indices.filter { values[$0] > 0.5 }
            for wanted in [1, 3, 40, 10_000] {
                let step = max(inside.count / wanted, 1)
                let expected = stride(from: step / 2, to: inside.count, by: step).map { Int32(inside[$0]) }
                #expect(mask.places(above: 0.5, about: wanted) == expected)
            }
            #expect(mask.share(above: 0.5) == Float(inside.count) / Float(values.count))
        }
    }

    @Test func runsAndBoundsAreThoseOfTheMask() {
        for mask in masks() {
            let width = mask.size.width
            let values = mask.values
            var shown = [Float](repeating: 0, count: values.count)
            for run in mask.runs(above: 0.5) {
                #expect(!run.columns.isEmpty)
                let start = run.row * width
                if run.columns.lowerBound > 0 { #expect(values[start + run.columns.lowerBound - 1] == 0) }
                if run.columns.upperBound < width { #expect(values[start + run.columns.upperBound] == 0) }
                for x in run.columns { shown[run.row * width + x] = 1 }
            }
            #expect(shown == values)
            let inside = values.indices.filter { values[$0] > 0.5 }
            let bounds = mask.bounds(above: 0.5)
            #expect(bounds?.columns.lowerBound == inside.map { $0 % width }.min())
            #expect(bounds?.columns.upperBound == inside.map { $0 % width }.max())
            #expect(bounds?.rows.lowerBound == inside.map { $0 / width }.min())
            #expect(bounds?.rows.upperBound == inside.map { $0 / width }.max())
        }
    }
}

@Suite struct NeighbourTests {
    @Test(arguments: [(1, 1), (2, 3), (9, 1), (40, 7)]) func sharpeningFollowsItsFormula(width: Int, height: Int) {
        let picture = TestPictures.random(width, height, channels: 2, seed: 3)
        let sharp = picture.sharpened(by: -0.3)
        for channel in 0..<2 {
            for y in 0..<height {
                for x in 0..<width {
                    func at(_ x: Int, _ y: Int) -> Float {
                        picture.value(channel, min(max(x, 0), width - 1), min(max(y, 0), height - 1))
                    }
                    let second = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y)
                    #expect(abs(sharp.value(channel, x, y) - (at(x, y) - 0.3 * second)) < 1e-5)
                }
            }
        }
    }

    @Test func relightingIsALineAndSomethingSlow() {
        let picture = TestPictures.random(37, 11, channels: 4, seed: 6)
        let slow = TestPictures.random(4, 3, channels: 3, seed: 7)
        let lines: [(gain: Float, offset: Float)] = [(1.2, 0.1), (0.8, -0.1), (1, 0)]
        let relit = picture.relit(lines, adding: slow)
        let spread = slow.resized(to: picture.size, filter: .bilinear)
        for channel in 0..<3 {
            for i in 0..<picture.size.pixelCount {
                let at = channel * picture.size.pixelCount + i
                let expected = lines[channel].gain * picture.values[at] + lines[channel].offset + spread.values[at]
                #expect(abs(relit.values[at] - expected) < 1e-5)
            }
        }
    }

    @Test(arguments: [(5, 16), (5, 15), (2, 9), (80, 640)]) func stretchedRowsAreInterpolated(old: Int, new: Int) {
        let row = TestPictures.random(old, 2, seed: 8)
        let stretched = row.resized(to: Size(width: new, height: 2), filter: .bilinear)
        for y in 0..<2 {
            for x in 0..<new {
                let place = min(max((Double(x) + 0.5) * Double(old) / Double(new) - 0.5, 0), Double(old - 1))
                let left = min(Int(place), old - 2)
                let share = Float(place - Double(left))
                let expected = row.value(0, left, y) * (1 - share) + row.value(0, left + 1, y) * share
                #expect(abs(stretched.value(0, x, y) - expected) < 1e-5)
            }
        }
    }
}
