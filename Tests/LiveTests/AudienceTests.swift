import Frames
import TestSupport
import Testing

@testable import Live

@Suite(.timeLimit(.minutes(20)))
struct AudienceTests {
    private final class Seats: Audience {
        let taken = Protected(false)
        var isPresent: Bool { taken.withLock { $0 } }
    }

    @Test func theCameraIsOpenOnlyWhileSomebodyWatches() throws {
        let seats = Seats()
        let stage = try Stage(audience: seats)
        stage.start()
        try stage.moreCards(20)
        #expect(stage.camera.state.withLock { $0.openings } == 0)
        #expect(stage.session.status().reason == .unwatched)
        for _ in 0..<2 {
            seats.taken.withLock { $0 = true }
            try stage.morePeople()
            seats.taken.withLock { $0 = false }
            try stage.moreCards()
            try stage.until { _ in stage.camera.state.withLock { $0.openNow == 0 } }
        }
        try stage.end()
    }

    @Test func aReaderThatComesAndGoesDoesNotCloseTheCamera() {
        var follower = AudienceFollower(lingerSeconds: 3)
        let glimpses: [(now: Double, isPresent: Bool, change: Bool?)] = [
            (0, false, nil), (1, true, true), (2, false, nil), (3, true, nil), (5.9, false, nil), (6, false, false),
            (7, false, nil),
        ]
        for glimpse in glimpses {
            let change = follower.saw(isPresent: glimpse.isPresent, now: glimpse.now)
            #expect(change == glimpse.change, "at \(glimpse.now)")
        }
    }
}
