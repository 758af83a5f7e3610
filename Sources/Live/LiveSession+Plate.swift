import Frames
import Plates

extension LiveSession {
    /// What is shown while somebody leaves the camera's view, and while the room is photographed.
    struct PlateCards: Sendable {
        /// One for each number.
        var counting: [Frame]
        var taking: Frame
    }

    /// Mattes with this plate from the next picture on, or without any.
    func setPlate(_ plate: LivePlate?) {
        problems.clear(.plate)
        matter.setPlate(plate)
    }

    /// The one in use.
    var plate: LivePlate? { matter.facts.plate }

    /// Counts down, takes a plate of what the camera shows, and mattes with it. Nothing of the room is shown meanwhile.
    ///
    /// Blocks for some seconds; the show goes on. Where it fails, everything stays as it was.
    /// - Throws: `.usage` where the show is paused, `.badInput` where somebody is still to be seen, `.tryAgain` where
    ///   something came between.
    func takePlate(keep: PlateKeep, cards: PlateCards) throws {
        writer.setCount(cards.counting.first ?? cards.taking)
        guard show.withLock({ $0.handle(.plateBegins, now: Monotonic.now()) }) else {
            let isPaused = show.withLock { $0.isPaused }
            throw MatteError(
                .usage, "no plate can be taken: " + (isPaused ? "the show is paused" : "one is being taken"),
                advice: isPaused ? "'matte ctl resume', then ask again" : nil)
        }
        defer {
            show.withLock { _ = $0.handle(.plateEnds, now: Monotonic.now()) }
            writer.setCount(nil)
        }
        do {
            for card in cards.counting {
                writer.setCount(card)
                try stay(for: timing.countSeconds)
            }
            writer.setCount(cards.taking)
            let order = PlateOrder(
                sinceSeconds: Monotonic.now(), lastsSeconds: timing.plateSeconds, keep: keep)
            matter.takePlate(order)
            try awaitPlate(order)
            problems.clear(.plate)
        } catch {
            problems.report(error, of: .plate)
            throw error
        }
    }

    private func awaitPlate(_ order: PlateOrder) throws {
        let deadline = Monotonic.now() + timing.plateSeconds + timing.platePatienceSeconds
        while order.result == nil {
            do {
                try stay(for: timing.pollSeconds / 2)
                guard Monotonic.now() < deadline else {
                    throw MatteError(.tryAgain, "no plate was taken: too few pictures came in time")
                }
            } catch {
                order.finish(.failure(error))
            }
        }
        try order.result?.get()
    }

    /// - Throws: as soon as the plate cannot be taken any more.
    private func stay(for seconds: Double) throws(MatteError) {
        let end = Monotonic.now() + seconds
        repeat {
            let (goesOn, isPaused) = show.withLock { ($0.isTakingPlate, $0.isPaused) }
            guard goesOn else {
                let cause =
                    isPaused
                    ? "the show was paused" : isStopped ? "the show has ended" : "the camera or the matte failed"
                throw MatteError(.tryAgain, "no plate was taken: \(cause)")
            }
            Monotonic.sleep(seconds: min(max(end - Monotonic.now(), 0), timing.pollSeconds))
        } while Monotonic.now() < end
    }
}
