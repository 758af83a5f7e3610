internal import Foundation
internal import Frames
internal import Shards

/// Something that takes longer than a run may stand still, on a thread of its own.
final class BackgroundTask<Value: Sendable>: Sendable {
    private let outcome = Protected<Value?>(nil)

    /// - Parameter wake: told when the result is there.
    init(wake: WakePipe, _ work: @escaping @Sendable () -> Value) {
        let outcome = outcome
        Thread.detachNewThread {
            let value = work()
            outcome.withLock { $0 = value }
            wake.wake()
        }
    }

    /// Nil while it works.
    var result: Value? { outcome.withLock { $0 } }
}

/// Reads an input.
typealias DigestTask = BackgroundTask<Result<ContentDigest, any Error>>

extension DigestTask {
    /// - Parameters:
    ///   - known: an earlier digest, which is taken where the file was not written since.
    ///   - wake: told when the outcome is there.
    convenience init(_ input: String, known: ContentDigest?, wake: WakePipe) {
        self.init(wake: wake) { Result { try ContentDigest(of: input, known: known) } }
    }
}
