import Testing

@testable import Encoding

struct PictureOrderTests {
    private func times(_ pts: [Int64], depth: Int) -> [(dts: Int64, duration: Int64?)?] {
        var order = PictureOrder(depth: depth)
        var times: [(dts: Int64, duration: Int64?)?] = []
        var waiting = pts[...]
        for time in pts {
            order.add(time)
            while let next = waiting.first, order.isReady(for: next) {
                times.append(order.next(pts: next))
                waiting.removeFirst()
            }
        }
        for time in waiting { times.append(order.next(pts: time)) }
        return times
    }

    /// What x264 gives for these pictures, which it reorders by two, with times that vary.
    @Test func decodingTimesAreThoseOfAnEncoder() {
        let pts: [Int64] = [0, 40, 20, 10, 30, 90, 60, 50, 70]
        let times = times(pts, depth: 2)
        #expect(times.map { $0?.dts } == [-20, -10, 0, 10, 20, 30, 40, 50, 60])
        #expect(times.map { $0?.duration } == [10, 10, 10, 10, 10, nil, 10, 10, 20])
    }

    @Test func picturesInOrderAreDecodedWhenTheyAreShown() {
        let times = times([5, 7, 12], depth: 0)
        #expect(times.map { $0?.dts } == [5, 7, 12])
        #expect(times.map { $0?.duration } == [2, 5, nil])
    }

    @Test func oneOrTwoPicturesAreEnough() {
        #expect(times([3], depth: 2).map { $0?.dts } == [3])
        #expect(times([3, 8], depth: 2).map { $0?.dts } == [-2, 3])
    }

    @Test func whatCannotBeIsRefused() {
        #expect(times([0, 40, 30, 20, 10], depth: 1).contains { $0 == nil })
        #expect(times([0, 10, 10], depth: 0).last.map { $0 == nil } == true)
    }
}
