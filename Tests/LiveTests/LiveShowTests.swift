import Testing

@testable import Live

/// Every order of events up to a length, against what may never be.
struct LiveShowTests {
    typealias Show = LiveShow<Int>

    /// What a person would say of the same events: the reference that the show is compared with.
    private struct Reference {
        var isPaused = false
        var isWatched = true
        var isOpen = false
        var isEnded = false
        var hasFailed = false
        var isTakingPlate = false
        var picture: Int?

        var wantsCamera: Bool { !isPaused && (isWatched || isTakingPlate) && !isEnded }
        mutating func closeUnwanted() { if !wantsCamera { isOpen = false } }
        var mayShow: Bool { !isPaused && isWatched && isOpen && !isEnded && !hasFailed && !isTakingPlate }
    }

    /// One event; `early` ones carry the ticket that was valid one drawing of the curtain ago.
    private enum Step: CaseIterable {
        case pause, resume, watch, unwatch, open, lose, fail, failEarly, picture, pictureEarly, plate, plateEnd, end
    }

    private func walk(_ show: Show, _ old: Show.Ticket, _ reference: Reference, depth: Int, path: [Step]) {
        check(show, reference, path)
        guard depth > 0 else { return }
        for step in Step.allCases {
            var (show, reference, old) = (show, reference, old)
            let before = show.ticket
            apply(step, to: &show, &reference, old: old, number: path.count)
            if show.ticket != before { old = before }
            walk(show, old, reference, depth: depth - 1, path: path + [step])
        }
    }

    private func apply(
        _ step: Step, to show: inout Show, _ reference: inout Reference, old: Show.Ticket, number: Int
    ) {
        var event = Show.Event.ended
        switch step {
        case .pause: (event, reference.isPaused, reference.isTakingPlate) = (.paused, true, false)
        case .resume: (event, reference.isPaused) = (.resumed, false)
        case .watch: (event, reference.isWatched) = (.watched, true)
        case .unwatch: (event, reference.isWatched) = (.unwatched, false)
        case .open: (event, reference.isOpen) = (.cameraOpened, true)
        case .lose: (event, reference.isOpen, reference.isTakingPlate) = (.cameraLost, false, false)
        case .end: (reference.isEnded, reference.isTakingPlate) = (true, false)
        case .fail:
            (event, reference.hasFailed, reference.isTakingPlate) = (.failed(show.ticket), true, false)
        case .failEarly:
            guard old != show.ticket else { return }
            let counts = show.handle(.failed(old), now: 0)
            #expect(!counts)
            return
        case .picture:
            let counts = show.handle(.composited(number, show.ticket), now: 0)
            let mayCount =
                !reference.isPaused && reference.isWatched && reference.isOpen && !reference.isEnded
                && !reference.isTakingPlate
            #expect(counts == mayCount)
            if counts { (reference.hasFailed, reference.picture) = (false, number) }
            return
        case .plate, .plateEnd:
            let mayCount =
                step == .plateEnd
                ? reference.isTakingPlate : !reference.isTakingPlate && !reference.isPaused && !reference.isEnded
            let counts = show.handle(step == .plate ? .plateBegins : .plateEnds, now: 0)
            #expect(counts == mayCount)
            if counts { (reference.isTakingPlate, reference.picture) = (step == .plate, nil) }
            reference.closeUnwanted()
            return
        case .pictureEarly:
            guard old != show.ticket else { return }
            let counts = show.handle(.composited(-1, old), now: 0)
            #expect(!counts, "a picture from before the curtain was drawn counts")
            return
        }
        show.handle(event, now: 0)
        reference.closeUnwanted()
        reference.picture = nil
    }

    private func check(_ show: Show, _ reference: Reference, _ path: [Step]) {
        switch show.shown(now: 1) {
        case .picture(let picture):
            if !reference.mayShow || reference.picture != picture { Issue.record("\(path) shows \(picture)") }
        case .standby(let reason):
            if reference.mayShow, reference.picture != nil { Issue.record("\(path) shows the card: \(reason)") }
        }
        if show.wantsCamera != reference.wantsCamera {
            Issue.record("\(path): wants the camera wrongly")
        }
    }

    @Test func noOrderOfEventsShowsWhatItMayNot() {
        walk(Show(staleSeconds: 2), Show().ticket, Reference(), depth: 5, path: [])
    }

    @Test func aPictureIsRepeatedForAWhileAndThenTheCardComes() {
        var show = Show(staleSeconds: 2)
        show.handle(.cameraOpened, now: 0)
        show.handle(.composited(7, show.ticket), now: 1)
        for (now, isShown) in [(1.0, true), (3.0, true), (3.01, false)] {
            if case .picture(7) = show.shown(now: now) { #expect(isShown) } else { #expect(!isShown) }
        }
        guard case .standby(.stalled) = show.shown(now: 4) else {
            Issue.record("the reason is not that nothing came")
            return
        }
    }

    @Test func eachReasonIsTold() {
        func reason(_ events: [Show.Event]) -> StandbyReason? {
            var show = Show(isWatched: true)
            for event in events { show.handle(event, now: 0) }
            if case .standby(let reason) = show.shown(now: 0) { return reason }
            return nil
        }
        #expect(reason([]) == .starting)
        #expect(reason([.cameraOpened]) == .settling)
        #expect(reason([.cameraOpened, .paused]) == .paused)
        #expect(reason([.cameraOpened, .unwatched]) == .unwatched)
        #expect(reason([.cameraOpened, .plateBegins]) == .takingPlate)
        #expect(reason([.cameraOpened, .unwatched, .plateBegins]) == .takingPlate)
        #expect(reason([.cameraOpened, .cameraLost]) == .cameraLost)
        #expect(reason([.cameraOpened, .ended]) == .ended)
        var show = Show()
        show.handle(.cameraOpened, now: 0)
        show.handle(.failed(show.ticket), now: 0)
        if case .standby(let reason) = show.shown(now: 0) { #expect(reason == .failed) }
    }
}
