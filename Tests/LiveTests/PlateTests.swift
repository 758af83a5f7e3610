import Foundation
import Frames
import Matting
import Plates
import TestSupport
import Testing

@testable import Live

/// Clean plates in a running show: nothing of the room is seen while one is taken, and only an empty room is one.
@Suite(.timeLimit(.minutes(20)), .serialized)
struct PlateTests {
    private func card(_ luma: Int) -> Frame {
        TestPictures.frame(Room.size, .yuv420()) { component, _, _ in component == 0 ? luma : 128 }
    }

    private func take(_ stage: Stage) throws {
        try stage.session.takePlate(
            keep: .objects, cards: .init(counting: [card(60), card(61), card(62)], taking: card(63)))
    }

    private func empty(_ stage: Stage) { stage.camera.state.withLock { $0.isEmpty = true } }
    private func fill(_ stage: Stage) { stage.camera.state.withLock { $0.isEmpty = false } }

    @Test func anEmptyRoomIsTakenBehindACountDown() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        empty(stage)
        try take(stage)
        #expect(stage.session.status().plate == "captured")
        fill(stage)
        try stage.morePeople(20)
        #expect(stage.session.status().problems.isEmpty)
        // Each number was written, in turn, and the camera's picture was not.
        let counted = stage.seen.plainCards
        #expect(counted.filter { (60...63).contains($0) } == [60, 61, 62, 63])
        try stage.end()
    }

    @Test func somebodyWhoStaysIsSeenAndEverythingStaysAsItWas() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        let error = #expect(throws: MatteError.self) { try take(stage) }
        #expect(error?.kind == .badInput)
        #expect(stage.session.status().plate == nil)
        #expect(stage.session.status().problems.contains { $0.contains("somebody is still in the picture") })
        try stage.morePeople()
        // The next one is better, and then nothing is wrong any more.
        empty(stage)
        try take(stage)
        #expect(stage.session.status().problems.isEmpty)
        fill(stage)
        try stage.morePeople()
        // A plate that is there is kept, too.
        #expect(throws: MatteError.self) { try take(stage) }
        #expect(stage.session.status().plate == "captured")
        try stage.end()
    }

    @Test func aPauseComesBetween() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        stage.session.pause()
        #expect(
            throws: MatteError(
                .usage, "no plate can be taken: the show is paused", advice: "'matte ctl resume', then ask again")
        ) {
            try take(stage)
        }
        stage.session.resume()
        try stage.morePeople()
        let cameraless = Protected<(any Error)?>(nil)
        let group = DispatchGroup()
        let cards = LiveSession.PlateCards(counting: Array(repeating: card(60), count: 1000), taking: card(63))
        let session = stage.session
        DispatchQueue(label: "plate").async(group: group) {
            do { try session.takePlate(keep: .objects, cards: cards) } catch { cameraless.withLock { $0 = error } }
        }
        try stage.until { $0.plainCards.contains(60) }
        #expect(session.status().reason == .takingPlate)
        session.pause()
        group.wait()
        #expect((cameraless.withLock { $0 } as? MatteError)?.kind == .tryAgain)
        #expect(session.status().reason == .paused)
        session.resume()
        try stage.morePeople()
        try stage.end()
    }

    @Test func aCameraThatGivesNothingAndANetworkThatFails() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        empty(stage)
        stage.camera.state.withLock { $0.isSilent = true }
        #expect(throws: MatteError.self) { try take(stage) }
        stage.camera.state.withLock { $0.isSilent = false }
        stage.faults.withLock { $0.kind = .throwing }
        #expect(throws: MatteError.self) { try take(stage) }
        stage.faults.withLock { $0.kind = .none }
        fill(stage)
        try stage.morePeople()
        #expect(stage.session.status().plate == nil)
        try stage.end()
    }

    @Test func whoeverWaitsForAReaderOpensTheCameraForThePlate() throws {
        final class Nobody: Audience { let isPresent = false }
        let stage = try Stage(audience: Nobody())
        empty(stage)
        stage.start()
        try take(stage)
        #expect(stage.session.status().plate == "captured")
        try stage.until { _ in stage.camera.state.withLock { $0.openNow } == 0 }
        try stage.end()
    }

    /// A model that needs the room's picture shows the card until it has one.
    @Test func aModelThatNeedsTheRoomIsGivenEachNewPlate() throws {
        let model = try TinyRoomModel()
        let stage = try Stage(network: try model.network())
        let lacking = "model tiny needs a picture of the empty room; take one with 'matte ctl plate capture'"
        stage.start()
        try stage.until { _ in stage.session.status().problems == [lacking] }
        #expect(stage.seen.people == 0)
        // Somebody who moves is not the room.
        #expect(throws: MatteError.self) { try take(stage) }
        empty(stage)
        try take(stage)
        #expect(stage.session.status().plate == "captured")
        #expect(stage.session.status().problems.isEmpty)
        fill(stage)
        try stage.morePeople()
        stage.session.setMirrored(true)
        try stage.morePeople(20)
        // The network is loaded again after a failure, and has its plate again.
        stage.session.setNetwork(try model.network())
        try stage.morePeople(20)
        stage.session.setPlate(nil)
        try stage.until { _ in stage.session.status().problems == [lacking] }
        try stage.moreCards()
        try stage.end()
    }

    /// To such a model all of a room that is not the plate's is a person.
    @Test func aModelThatIsGivenAnotherRoomShowsTheCard() throws {
        let stage = try Stage(network: try TinyRoomModel().network())
        stage.start()
        let dark = FloatImage(size: Room.size, channels: 3) { $0.initialize(repeating: 0) }
        stage.session.setPlate(
            LivePlate(captured: CleanPlate(picture: dark), keep: .objects, cameraSize: Room.size))
        try stage.until { _ in
            stage.session.status().problems.contains { $0.contains("not as the plate 'captured' has it") }
        }
        try stage.moreCards(20)
        #expect(stage.seen.people == 0)
        empty(stage)
        try take(stage)
        fill(stage)
        try stage.morePeople()
        #expect(stage.session.status().problems.isEmpty)
        try stage.end()
    }

    @Test func anotherPictureOfTheCameraDropsThePlate() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        empty(stage)
        try take(stage)
        fill(stage)
        try stage.morePeople()
        stage.camera.state.withLock {
            $0.margin = 8
            $0.vanishesAfter = $0.given
        }
        try stage.until { _ in stage.session.status().plate == nil }
        #expect(
            stage.session.status().problems == [
                "the plate 'captured' is 64×48, the camera gives 80×48; take another one: 'matte ctl plate capture'"
            ])
        try stage.morePeople()
        empty(stage)
        try take(stage)
        #expect(stage.session.status().problems.isEmpty)
        fill(stage)
        try stage.morePeople()
        stage.session.setPlate(nil)
        #expect(stage.session.status().plate == nil)
        try stage.morePeople()
        try stage.end()
    }

    @Test func thePlateIsCutAndTurnedAsTheCameraIs() throws {
        let size = Size(width: 80, height: 48)
        let ramp = FloatImage(size: size, channels: 3) { floats in
            for index in floats.indices { floats[index] = Float(index % size.width) / 100 }
        }
        let plate = LivePlate(captured: CleanPlate(picture: ramp), keep: .objects, cameraSize: size)
        let (straight, turned) = (
            plate.conformed(to: Room.size, isMirrored: false), plate.conformed(to: Room.size, isMirrored: true)
        )
        #expect(straight.size == Room.size && turned.size == Room.size)
        for column in [0, 17, 63] {
            #expect(straight.picture.value(1, column, 5) == Float(column + 8) / 100)
            #expect(turned.picture.value(1, column, 5) == Float(63 - column + 8) / 100)
        }
        // A plate of a lower shape loses its sides, one of a higher shape its top and bottom.
        #expect(
            plate.conformed(to: Size(width: 160, height: 48), isMirrored: false).size == Size(width: 80, height: 24))
    }

    @Test func aFileFitsItsShapeAndACaptureItsSize() throws {
        let plate = CleanPlate(
            picture: FloatImage(size: Size(width: 128, height: 96), channels: 3) { $0.initialize(repeating: 0.5) })
        let captured = LivePlate(captured: plate, keep: .objects, cameraSize: Size(width: 128, height: 96))
        #expect(captured.fits(Size(width: 128, height: 96)))
        #expect(!captured.fits(Size(width: 64, height: 48)))
        let folder = try TemporaryFolder()
        try FFmpegTool.run(["-f", "lavfi", "-i", "testsrc2=s=128x96", "-frames:v", "1", folder.path("room.png")])
        let file = try LivePlate(opening: folder.path("room.png"), keep: .objects, notice: { _ in })
        #expect(file.fits(Size(width: 64, height: 48)))
        #expect(!file.fits(Size(width: 64, height: 36)))
        #expect(throws: MatteError.self) { try LivePlate(opening: "auto", keep: .objects, notice: { _ in }) }
    }
}
