import TestSupport
import Testing

@testable import Pipeline

struct DurationHistogramTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func percentilesAreWithinTwoPercentOfTheSortedList(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var histogram = DurationHistogram()
        var all: [Double] = []
        for _ in 0..<2000 {
            let seconds = Double.random(in: 1e-5...2, using: &random)
            histogram.add(seconds: seconds)
            all.append(seconds)
        }
        all.sort()
        for fraction in [0.01, 0.5, 0.95, 1] {
            let exact = all[Int((fraction * Double(all.count)).rounded(.up)) - 1]
            #expect(abs(histogram.percentile(fraction) - exact) <= 0.02 * exact)
        }
        #expect(abs(histogram.totalSeconds - all.reduce(0, +)) < 1e-6)
    }

    @Test func extremesStayInRange() {
        var histogram = DurationHistogram()
        #expect(histogram.percentile(0.5) == 0)
        histogram.add(seconds: 0)
        histogram.add(seconds: -1)
        histogram.add(seconds: 1e9)
        #expect(histogram.count == 3)
        #expect(histogram.percentile(1) > 1000)
    }
}
