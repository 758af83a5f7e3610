internal import Foundation
internal import Frames
internal import Shards

/// Reads an input on a thread of its own, as that takes longer than a run may stand still.
final class DigestTask: Sendable {
    private let outcome = Protected<Result<ContentDigest, any Error>?>(nil)

    /// - Parameters:
    ///   - known: an earlier digest, which is taken where the file was not written since.
    ///   - wake: told when the outcome is there.
    init(_ input: String, known: ContentDigest?, wake: WakePipe) {
        let outcome = outcome
        Thread.detachNewThread {
            let result = Result { try ContentDigest(of: input, known: known) }
            outcome.withLock { $0 = result }
            wake.wake()
        }
    }

    /// Nil while it reads.
    var result: Result<ContentDigest, any Error>? { outcome.withLock { $0 } }
}
