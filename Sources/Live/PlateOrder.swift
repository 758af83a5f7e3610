import Frames
import Plates

/// The wish for a clean plate of what the camera shows, and what comes of it. Any thread may use it.
final class PlateOrder: Sendable {
    /// Pictures that were captured before show somebody on the way out.
    let sinceSeconds: Double
    /// From the first picture to the last one.
    let lastsSeconds: Double
    let keep: PlateKeep
    private let outcome = Protected<Result<Void, any Error>?>(nil)

    init(sinceSeconds: Double, lastsSeconds: Double, keep: PlateKeep) {
        self.sinceSeconds = sinceSeconds
        self.lastsSeconds = lastsSeconds
        self.keep = keep
    }

    /// Nil as long as nothing has come of it.
    var result: Result<Void, any Error>? { outcome.withLock { $0 } }

    /// Whoever is first decides: the one who takes the plate, or the one who gives it up.
    ///
    /// - Returns: whether this was the first.
    @discardableResult
    func finish(_ result: Result<Void, any Error>) -> Bool {
        outcome.withLock { outcome in
            guard outcome == nil else { return false }
            outcome = result
            return true
        }
    }
}
