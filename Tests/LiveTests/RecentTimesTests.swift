import Testing

@testable import Live

struct RecentTimesTests {
    @Test func percentilesAreThoseOfTheLastOnes() {
        var times = RecentTimes(capacity: 100)
        #expect(times.percentile(0.5) == nil)
        for value in 1...1000 { times.add(Double(value)) }
        #expect(times.percentile(0.5) == 950)
        #expect(times.percentile(0.95) == 995)
        #expect(times.percentile(1) == 1000)
        #expect(times.percentile(0) == 901)
    }

    @Test func aRateFollowsWhatHappensNow() {
        var rate = RecentRate(windowSeconds: 2)
        #expect(rate.perSecond(now: 5) == 0)
        for index in 0..<300 { rate.add(at: Double(index) / 30) }
        #expect(abs(rate.perSecond(now: 10) - 30) <= 1)
        for index in 0..<40 { rate.add(at: 10 + Double(index) / 10) }
        #expect(abs(rate.perSecond(now: 14) - 10) <= 1)
        #expect(rate.perSecond(now: 20) == 0)
    }
}
