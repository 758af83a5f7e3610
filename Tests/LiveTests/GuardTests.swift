import Encoding
import Frames
import TestSupport
import Testing

@testable import Live

/// What a show leaves to its guard. The guard itself needs a virtual camera: see the scenario live-kill.
struct GuardTests {
    @Test func theNewestWholeCardCountsWhereverTheBytesWereParted() {
        let cards = (1...3).map {
            VirtualCameraLegacy(bufferCount: $0, picture: .init(repeating: UInt8($0), count: 300))
        }
        let bytes = cards.flatMap { GuardMessage.bytes(of: $0) }
        for step in [1, 7, 304, 305, 306, 1000] {
            var message = GuardMessage()
            #expect(message.card == nil)
            for begin in stride(from: 0, to: bytes.count, by: step) {
                message.take(bytes[begin..<min(begin + step, bytes.count)])
            }
            #expect(message.card == cards[2])
        }
        // One that broke off in the middle is none.
        var message = GuardMessage()
        message.take(bytes.dropLast())
        #expect(message.card == cards[1])
    }

    @Test func theCardIsKeptBeforeAnythingIsShownAndAgainWhenItChanges() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        #expect(stage.seen.kept.count == 1)
        let card = TestPictures.frame(Room.size, .yuv420()) { component, _, _ in component == 0 ? 77 : 128 }
        stage.session.setCard(card)
        try stage.until { $0.kept.count == 2 }
        #expect(stage.seen.kept.last == 77)
        #expect(stage.seen.keptBeforeWriting)
        try stage.end()
    }
}
