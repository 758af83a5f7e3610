import Frames
import Pixels
import TestSupport
import Testing

@testable import Plates

@Suite struct RegionTests {
    private func mask(_ rows: [String]) -> FloatImage {
        let rows = rows.map(Array.init)
        return TestPictures.make(rows[0].count, rows.count) { _, x, y in rows[y][x] == "#" ? 1 : 0 }
    }

    @Test func regionsThatMeetLateAreOne() {
        let regions = ConnectedRegions(
            mask([
                "#.#.#",
                "#.#..",
                "###.#",
                "....#",
            ]))
        #expect(regions.count == 3)
        #expect(regions.region(x: 0, y: 0) == 0)
        #expect(regions.region(x: 2, y: 0) == 0)
        #expect(regions.region(x: 4, y: 0) == 1)
        #expect(regions.region(x: 4, y: 2) == 2)
        #expect(regions.region(x: 3, y: 2) == nil)
    }

    @Test func reachesOnlyFromSeeds() {
        let all = mask(["##.##", "##.##"])
        let seed = mask([".....", "...#."])
        ConnectedRegions(all).reached(from: seed, above: 0.5).withFloats { reached in
            #expect(Array(reached) == [0, 0, 0, 1, 1, 0, 0, 0, 1, 1])
        }
    }

    @Test func depthGrowsInward() {
        let picture = TestPictures.make(9, 9) { _, x, y in (1...7).contains(x) && (1...7).contains(y) ? 1 : 0 }
        MaskDepth.depth(of: picture).withFloats { depth in
            #expect(depth[0] == 0)
            #expect(depth[1 * 9 + 4] == 1)
            #expect(depth[4 * 9 + 4] == 4)
        }
    }
}

@Suite struct GradientTests {
    @Test func rampsAndStripesHaveSlopes() {
        let ramp = TestPictures.make(9, 7, channels: 2) { channel, x, y in
            Float(channel + 1) * (3 * Float(x) - Float(y))
        }
        ramp.squaredGradient().withFloats { slope in
            for y in 1..<6 { for x in 1..<8 { #expect(slope[y * 9 + x] == 25) } }
        }
        let stripes = TestPictures.make(9, 7) { _, x, _ in Float(x % 2) }
        stripes.squaredGradient().withFloats { slope in
            for y in 0..<7 { for x in 1..<8 { #expect(slope[y * 9 + x] == 1) } }
        }
    }
}

@Suite struct RobustScaleTests {
    @Test func quantilesAreThoseOfTheSortedValues() {
        var random = SeededRandom(seed: 9)
        for count in [1, 2, 3, 10, 101, 1000] {
            // Few different values, so that many are equal.
            let values = (0..<count).map { _ in Float(Int.random(in: 0..<40, using: &random)) }
            let sorted = values.sorted()
            for share: Float in [0, 0.3, 0.5, 0.95, 1] {
                #expect(RobustScale.quantile(values, share) == sorted[min(Int(share * Float(count)), count - 1)])
            }
        }
        #expect(RobustScale.median([]) == 0)
    }

    @Test func quantilesOfAnySignAndSize() {
        var random = SeededRandom(seed: 10)
        let values = (0..<5000).map { _ in
            Float.random(in: -1...1, using: &random) * Float(Int.random(in: 0...1, using: &random) == 0 ? 1e-4 : 1e3)
        }
        let sorted = values.sorted()
        for share: Float in [0, 0.1, 0.5, 0.8, 1] {
            #expect(RobustScale.quantile(values, share) == sorted[min(Int(share * 5000), 4999)])
        }
    }
}
