import Compositing
import Foundation
import Frames
import TestSupport
import Testing

@testable import Live

/// Every fault, with every pixel of every written frame looked at.
@Suite(.timeLimit(.minutes(20)), .serialized)
struct FaultTests {
    @Test func theFirstPicturesAreHeldUntilTheNetworkHasSettled() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople(20)
        try stage.end()
        #expect(stage.session.status().figures.drops["settling"] == FakeNetwork.settlingPictures)
    }

    /// The other tests would be worth nothing if the onlooker saw no room where there is one.
    @Test func theOnlookerWouldSeeTheRoom() throws {
        let (onlooker, room) = (Onlooker(), Room.picture(3, generation: 1))
        let conformer = PictureConformer(size: Room.size)
        _ = try conformer.conform(room, mirrored: false)
        let frame = TestPictures.frame(Room.size, .yuv420()) { component, _, _ in [82, 90, 240][component] }
        try onlooker.write(frame)
        #expect(onlooker.state.withLock { $0.leaks } == 1)
    }

    @Test func aCameraThatVanishesAndComesBack() throws {
        let stage = try Stage()
        stage.start()
        for _ in 0..<3 {
            try stage.morePeople()
            stage.camera.state.withLock {
                $0.vanishesAfter = $0.given
                $0.refusals = 3
            }
            try stage.moreCards()
        }
        try stage.morePeople()
        #expect(stage.session.status().problems.isEmpty)
        try stage.end()
        #expect(stage.notices.all.contains("'fake camera' is back"))
    }

    @Test func aCameraThatIsNotThereYet() throws {
        let stage = try Stage { camera, _, _ in camera.state.withLock { $0.refusals = 5 } }
        stage.start()
        try stage.until { $0.people > 0 }
        try stage.end()
        #expect(stage.notices.all.count { $0 == "there is no camera" } == 1)
    }

    @Test func aCameraThatFallsSilentIsOpenedAgain() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        stage.camera.state.withLock { $0.isSilent = true }
        try stage.moreCards()
        try stage.until { _ in stage.camera.state.withLock { $0.openings > 1 } }
        stage.camera.state.withLock { $0.isSilent = false }
        try stage.morePeople()
        try stage.end()
    }

    @Test(arguments: FakeNetwork.Faults.Kind.allCases.filter { $0 != .none && $0 != .notNumbers })
    func aNetworkThatFailsIsLoadedAnew(kind: FakeNetwork.Faults.Kind) throws {
        let stage = try Stage()
        stage.start()
        for _ in 0..<3 {
            try stage.morePeople()
            stage.faults.withLock {
                $0.kind = kind
                $0.refusesToLoad = 2
            }
            try stage.moreCards()
            #expect(stage.session.status().problems.count == 1)
            #expect(stage.session.status().reason == .failed)
            stage.faults.withLock { $0.kind = .none }
        }
        try stage.morePeople()
        try stage.end()
    }

    @Test func aMatteThatIsNotANumberShowsNoRoom() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        stage.faults.withLock { $0.kind = .notNumbers }
        try stage.moreCards()
        try stage.end()
    }

    @Test func aNetworkThatHangsGivesTheCard() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        stage.faults.withLock { $0.sleepSeconds = 1 }
        try stage.until { _ in stage.session.status().reason == .stalled }
        stage.faults.withLock { $0.sleepSeconds = 0 }
        try stage.morePeople()
        try stage.end()
    }

    @Test func theCameraIsClosedInAPause() throws {
        let stage = try Stage()
        stage.start()
        for _ in 0..<3 {
            try stage.morePeople()
            stage.session.pause()
            // What was on its way stays behind the curtain.
            let before = stage.seen.people
            try stage.moreCards(10)
            #expect(stage.seen.people <= before + 1)
            try stage.until { _ in stage.camera.state.withLock { $0.openNow == 0 } }
            stage.session.resume()
        }
        try stage.morePeople()
        try stage.end()
    }

    @Test(arguments: 1...4)
    func anythingInAnyOrder(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let stage = try Stage()
        stage.start()
        for _ in 0..<60 {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: stage.session.pause()
            case 1, 2: stage.session.resume()
            case 3: stage.session.setMirrored(Bool.random(using: &random))
            case 4: stage.camera.state.withLock { $0.vanishesAfter = $0.given + 2 }
            case 5: stage.faults.withLock { $0.kind = $0.kind == .none ? .throwing : .none }
            case 6:
                let color = RGBColor(hex: Bool.random(using: &random) ? 0x00C800 : 0x8CFF8C)
                stage.session.setBackground(.color(color))
            default: stage.camera.state.withLock { $0.refusals = 1 }
            }
            Thread.sleep(forTimeInterval: Double.random(in: 0...0.02, using: &random))
        }
        stage.session.resume()
        stage.faults.withLock { $0.kind = .none }
        try stage.morePeople()
        try stage.end()
    }

    @Test func mirroringBeginsAfresh() throws {
        let stage = try Stage()
        stage.start()
        try stage.morePeople()
        let before = stage.faults.withLock { $0.resets }
        stage.session.setMirrored(true)
        try stage.until { _ in stage.faults.withLock { $0.resets } > before }
        try stage.morePeople()
        try stage.end()
    }

    @Test func anOutputThatBreaksEndsTheShow() throws {
        let stage = try Stage { _, _, onlooker in onlooker.state.withLock { $0.breaksAfter = 30 } }
        stage.start()
        #expect(throws: MatteError(.io, "the output has gone")) { try stage.wait() }
        #expect(stage.seen.leaks == 0)
        #expect(stage.camera.state.withLock { $0.openNow } == 0)
    }

    @Test func aClipThatIsOverEndsTheShowWithTheCard() throws {
        let stage = try Stage { camera, _, _ in camera.state.withLock { $0.endsAfter = 40 } }
        stage.start()
        try stage.wait()
        stage.expectNoRoom()
    }

    @Test func aSlowNetworkLowersTheRatioOnce() throws {
        let stage = try Stage(targetRate: 100) { _, faults, _ in faults.withLock { $0.sleepSeconds = 0.03 } }
        stage.start()
        try stage.until { _ in stage.session.status().ratio ?? 1 < 0.5 }
        stage.faults.withLock { $0.sleepSeconds = 0 }
        try stage.morePeople()
        try stage.end()
        #expect(stage.notices.all.count { $0.contains("too slow") } == 1)
    }
}
