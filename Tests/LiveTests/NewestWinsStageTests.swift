import Dispatch
import Frames
import Testing

@testable import Live

@Suite(.timeLimit(.minutes(20)))
struct NewestWinsStageTests {
    /// Holds the stage at its first item until it is let go.
    @Test func whatWaitsGivesWayToWhatIsNewer() {
        let (entered, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let (seen, replaced) = (Protected<[Int]>([]), Protected(0))
        let stage = NewestWinsStage<Int>(name: "test", replaced: { replaced.withLock { $0 += 1 } }) { item in
            seen.withLock { $0.append(item) }
            entered.signal()
            if item == 0 { gate.wait() }
        }
        stage.offer(0)
        entered.wait()
        for item in 1...50 { stage.offer(item) }
        gate.signal()
        stage.drain()
        #expect(seen.withLock { $0 } == [0, 50])
        #expect(replaced.withLock { $0 } == 49)
    }

    @Test func everyItemIsHandledOrReplacedAndTheLastOneIsAlwaysSeen() {
        let (seen, replaced) = (Protected<[Int]>([]), Protected(0))
        let stage = NewestWinsStage<Int>(name: "test", replaced: { replaced.withLock { $0 += 1 } }) { item in
            seen.withLock { $0.append(item) }
        }
        for item in 0..<20_000 { stage.offer(item) }
        stage.drain()
        let items = seen.withLock { $0 }
        #expect(items.last == 19_999)
        #expect(items == items.sorted())
        #expect(items.count + replaced.withLock { $0 } == 20_000)
    }
}
