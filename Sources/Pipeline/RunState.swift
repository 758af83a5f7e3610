import Frames
import Synchronization

/// What all stages of one run share: whether to go on, and the first error that said no.
///
/// Any thread may use it. After a stop, stages drain without working, so blocked senders wake and the run ends.
public final class RunState: Sendable {
    private let stopped = Atomic<Bool>(false)
    private let firstError = Protected<(any Error)?>(nil)

    public init() {}

    /// Cheap enough to be asked for every frame, and by FFmpeg's interrupt callback.
    public var isStopped: Bool { stopped.load(ordering: .acquiring) }

    /// The error that ended the run, if one did.
    public var error: (any Error)? { firstError.withLock { $0 } }

    /// Ends the run with `error`; later errors are consequences and are dropped.
    public func fail(_ error: any Error) {
        firstError.withLock { if $0 == nil { $0 = error } }
        stopped.store(true, ordering: .releasing)
    }

    /// Ends the run because the user asked for it.
    public func cancel() {
        fail(MatteError(.interrupted, "interrupted", advice: "nothing was written"))
    }
}
