import Compositing
import Dispatch
import Foundation
import Frames
import Matting
import TestSupport
import Testing

@testable import Live

/// A show with a fake camera, a fake network and an onlooker, at 200 pictures a second.
final class Stage {
    let camera = FakeCamera()
    let faults = Protected(FakeNetwork.Faults())
    let onlooker = Onlooker()
    let notices = Notices()
    let session: LiveSession
    private let group = DispatchGroup()
    private let failure = Protected<(any Error)?>(nil)

    struct Impatient: Error {}

    init(
        audience: (any Audience)? = nil, targetRate: Double? = nil, background: BackgroundSpec = .color(.screenGreen),
        plate: LivePlate? = nil, network: LiveNetwork? = nil,
        prepare: (FakeCamera, Protected<FakeNetwork.Faults>, Onlooker) -> Void = { _, _, _ in }
    ) throws {
        prepare(camera, faults, onlooker)
        var options = MattingOptions()
        options.warmUpFrames = FakeNetwork.settlingPictures
        options.resetsAtSceneCuts = false
        let faults = faults
        let network = try network ?? LiveNetwork(model: "fake", options: options) { try FakeNetwork(faults) }
        let (camera, notices) = (camera, notices)
        var parts = LiveParts(
            openSource: { try camera.open() }, sink: onlooker, network: network,
            background: try PreparedBackground(background, fit: .cover, size: Room.size, notice: { _ in }),
            target: RenderTarget(
                size: Room.size, format: .yuv420(),
                color: ColorDescription().resolved(for: Room.size, format: .yuv420()), carriesAlpha: false),
            rate: Rational(200, 1), targetRate: targetRate, audience: audience)
        parts.plate = plate
        parts.timing.pollSeconds = 0.005
        parts.timing.retrySeconds = 0.02
        parts.timing.staleSeconds = 0.3
        parts.timing.silenceSeconds = 0.4
        parts.timing.lingerSeconds = 0.05
        parts.timing.countSeconds = 0.05
        parts.timing.plateSeconds = 0.05
        // A plate takes its time under the thread sanitizer; what comes between ends the waiting by itself.
        parts.timing.platePatienceSeconds = 60
        session = try LiveSession(parts, notice: { notices.add($0) })
    }

    func start() {
        let (session, failure) = (session, failure)
        DispatchQueue(label: "stage").async(group: group) {
            do { try session.run() } catch { failure.withLock { $0 = error } }
        }
    }

    /// Stops the show and waits for its end.
    ///
    /// - Throws: what the show threw.
    func stop() throws {
        session.stop()
        try wait()
    }

    /// Stops the show and looks at what holds for every one.
    func end(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try stop()
        expectNoRoom(sourceLocation: sourceLocation)
    }

    func wait() throws {
        group.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    var seen: Onlooker.State { onlooker.state.withLock { $0 } }

    /// Waits until it is so; machines may be slow, so it waits for long.
    func until(_ isSo: (Onlooker.State) -> Bool, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let deadline = Date().addingTimeInterval(30)
        while !isSo(seen) {
            guard Date() < deadline else {
                Issue.record("it never came to be; \(session.status())", sourceLocation: sourceLocation)
                session.stop()
                throw Impatient()
            }
            Thread.sleep(forTimeInterval: 0.002)
        }
    }

    /// Waits for some more frames with a person, or with the card.
    func morePeople(_ count: Int = 5, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let before = seen.people
        try until({ $0.people >= before + count }, sourceLocation: sourceLocation)
    }

    func moreCards(_ count: Int = 5, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let before = seen.cards
        try until({ $0.cards >= before + count }, sourceLocation: sourceLocation)
    }

    /// What holds for every show: nothing of the room was seen, and the last thing was the card.
    func expectNoRoom(sourceLocation: SourceLocation = #_sourceLocation) {
        let seen = seen
        #expect(seen.leaks == 0, "the room was seen", sourceLocation: sourceLocation)
        #expect(seen.lastIsCard, "the card is not the last thing shown", sourceLocation: sourceLocation)
        #expect(seen.isFinished, sourceLocation: sourceLocation)
        #expect(seen.ticks == Array(0..<Int64(seen.frames)), sourceLocation: sourceLocation)
        #expect(camera.state.withLock { $0.openNow } == 0, "the camera is still open", sourceLocation: sourceLocation)
    }
}
