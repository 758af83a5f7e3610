public import Frames

/// Shows the output to the person who gives the show, a few times a second. It never holds the show up: pictures that
/// cannot be drawn in time are left out. Any thread may use it.
public final class LivePreview: Sendable {
    private let stage: NewestWinsStage<Frame>
    private let leastSeconds: Double
    private let lastShown = Protected(0.0)

    /// - Parameters:
    ///   - perSecond: pictures that are drawn at most.
    ///   - draw: called on a queue of the preview's own.
    public init(perSecond: Double, draw: @escaping @Sendable (Frame) -> Void) {
        leastSeconds = 1 / perSecond
        stage = NewestWinsStage(name: "preview", replaced: {}, handle: draw)
    }

    /// Takes what the output shows. Only what was written can be seen, never the camera's picture.
    public func show(_ frame: Frame) {
        let now = Monotonic.now()
        let isDue = lastShown.withLock { last in
            // A tick that comes a little early is not left out.
            guard now - last >= leastSeconds * 0.9 else { return false }
            last = now
            return true
        }
        if isDue { stage.offer(frame) }
    }
}
