import Testing

@testable import Bulk

struct StallWatchTests {
    private var watch = StallWatch(limitSeconds: 10)

    /// Looks ten times a second from `start` on for `seconds`.
    ///
    /// - Returns: when it was found to hang, if it was.
    private mutating func look(
        from start: Double = 0, for seconds: Double, used: (Double) -> Double?,
        speaks: (Double) -> Bool = { _ in false }
    ) -> Double? {
        for step in 0..<Int(seconds * 10) {
            let now = start + Double(step) / 10
            if watch.isStalled(now: now, usedSeconds: used(now), hasSpoken: speaks(now)) { return now }
        }
        return nil
    }

    @Test mutating func whoDoesNothingHangs() throws {
        let found = try #require(look(for: 60, used: { min($0, 5) }))
        #expect((14.8...15.3).contains(found))
    }

    /// A picture may take an hour.
    @Test mutating func whoWorksWithoutAWordIsSlow() { #expect(look(for: 3600, used: { $0 * 0.5 }) == nil) }

    @Test mutating func whoSpeaksWithoutWorkingIsAlive() {
        #expect(look(for: 100, used: { _ in 0 }, speaks: { Int($0 * 10).isMultiple(of: 90) }) == nil)
    }

    /// A process that wakes a few times a minute does not work.
    @Test mutating func aTrickleIsNoWork() { #expect(look(for: 60, used: { $0 * 0.005 }) != nil) }

    @Test mutating func timeInWhichNobodyLookedDoesNotCount() {
        #expect(look(for: 5, used: { _ in 1 }) == nil)
        #expect(look(from: 50_000, for: 3, used: { _ in 1 }) == nil)
    }

    @Test mutating func whoIsHeldBeginsAnew() {
        #expect(look(for: 8, used: { _ in 1 }) == nil)
        watch.forgive()
        #expect(look(from: 8, for: 8, used: { _ in 1 }) == nil)
    }

    @Test mutating func whatCannotBeKnownIsNotJudged() {
        #expect(look(for: 60, used: { _ in nil }) == nil)
        watch = StallWatch(limitSeconds: nil)
        #expect(look(for: 60, used: { _ in 1 }) == nil)
    }
}
