import Frames
import Pixels
import TestSupport
import Testing

@Suite struct ProjectiveSamplerTests {
    /// Bilinear by its definition, in double precision; nil outside.
    private func value(_ picture: FloatImage, _ channel: Int, _ x: Double, _ y: Double) -> Double? {
        let (width, height) = (picture.size.width, picture.size.height)
        guard x >= -0.5, y >= -0.5, x <= Double(width) - 0.5, y <= Double(height) - 0.5 else { return nil }
        let (u, v) = (min(max(x, 0), Double(width - 1)), min(max(y, 0), Double(height - 1)))
        let (left, top) = (Int(u), Int(v))
        let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
        let (fx, fy) = (u - Double(left), v - Double(top))
        func at(_ x: Int, _ y: Int) -> Double { Double(picture.value(channel, x, y)) }
        return (at(left, top) * (1 - fx) + at(right, top) * fx) * (1 - fy)
            + (at(left, bottom) * (1 - fx) + at(right, bottom) * fx) * fy
    }

    @Test(arguments: [(1, 1), (1, 7), (9, 1), (2, 2), (33, 21)])
    func readsWhereTheMapSays(width: Int, height: Int) {
        let picture = TestPictures.random(width, height, channels: 4, seed: UInt64(width))
        let sampler = ProjectiveSampler(picture)
        let target = Size(width: 24, height: 13)
        let map = [1.31, 0.05, -1.7, -0.04, 1.6, -0.9, 0.002, -0.001, 1]
        let shifts = TestPictures.random(24, 13, channels: 2, seed: 5)
        for shift in [nil, shifts] {
            let read = sampler.read(to: target, by: map, shifts: shift)
            for y in 0..<13 {
                for x in 0..<24 {
                    func line(_ row: Int) -> Double { map[row] * Double(x) + map[row + 1] * Double(y) + map[row + 2] }
                    let there = (
                        line(0) / line(6) + Double(shift?.value(0, x, y) ?? 0),
                        line(3) / line(6) + Double(shift?.value(1, x, y) ?? 0)
                    )
                    // Just at the border either answer will do.
                    let border = [
                        -0.5 - there.0, there.0 - Double(width) + 0.5, -0.5 - there.1, there.1 - Double(height) + 0.5,
                    ]
                    guard border.allSatisfy({ abs($0) > 1e-4 }) else { continue }
                    for channel in 0..<4 {
                        let expected = value(picture, channel, there.0, there.1) ?? 0
                        #expect(abs(Double(read.value(channel, x, y)) - expected) < 1e-4)
                    }
                }
            }
        }
    }

    @Test func smallShiftsAreSpreadOverTheResult() {
        let sampler = ProjectiveSampler(TestPictures.random(33, 21, channels: 4, seed: 2))
        let (target, map) = (Size(width: 24, height: 13), [1.2, 0.05, 1, -0.04, 1.1, 2, 0, 0, 1])
        let shifts = TestPictures.random(5, 3, channels: 2, seed: 5)
        let small = sampler.read(to: target, by: map, shifts: shifts)
        let large = sampler.read(to: target, by: map, shifts: shifts.resized(to: target, filter: .bilinear))
        #expect(zip(small.values, large.values).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test func whatIsNoNumberIsOutside() {
        let sampler = ProjectiveSampler(TestPictures.random(5, 4, channels: 4, seed: 1))
        let read = sampler.read(to: Size(width: 3, height: 2), by: [0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(read.values.allSatisfy { $0 == 0 })
    }

    @Test(arguments: [(2, 2), (8, 6), (7, 4), (5, 5), (1, 1)])
    func halvesAreMeans(width: Int, height: Int) {
        let picture = TestPictures.random(width, height, channels: 3, seed: 9)
        let halved = picture.halved()
        let expected = picture.resized(to: Size(width: (width + 1) / 2, height: (height + 1) / 2), filter: .area)
        #expect(halved.size == expected.size)
        #expect(zip(halved.values, expected.values).allSatisfy { abs($0 - $1) < 1e-6 })
    }
}
