internal import Shards

/// What a run does about a clip, given what earlier runs did.
enum Decision {
    /// It is done: the same input, options, model and program, and the outputs are there.
    case skip(JournalEntry)
    /// A worker published the outputs, and the run was killed before it could write that down.
    case adopt(JournalEntry)
    case run(Reason)

    enum Reason: String {
        case new
        case interrupted = "was interrupted"
        case failed = "failed before"
        case missing = "an output is missing"
        case otherInput = "the input changed"
        case otherOptions = "options, model or program changed"
    }

    /// - Parameters:
    ///   - outputs: the outputs' states now.
    ///   - prepared: the clip's content and fingerprint now; only asked where that matters.
    static func decide(
        _ clip: BulkClip, history: ClipHistory?, outputs: [FileState?],
        prepared: (_ known: ContentDigest) throws -> (content: ContentDigest, fingerprint: Fingerprint)
    ) rethrows -> Decision {
        guard let history else { return .run(.new) }
        if let open = history.open, open.outputs.count == outputs.count, !clip.isVerified,
            zip(open.outputs, outputs).allSatisfy({ $1 != nil && $1?.isRegular == true && $0 != $1 }),
            try prepared(open.content).fingerprint == open.fingerprint
        {
            return .adopt(open)
        }
        guard let done = history.done else { return .run(history.open == nil ? .failed : .interrupted) }
        guard done.outputs.count == outputs.count,
            zip(done.outputs, outputs).allSatisfy({ $0?.isRegular == $1?.isRegular && Self.isSame($0, $1) })
        else { return .run(.missing) }
        let now = try prepared(done.content)
        if now.fingerprint == done.fingerprint { return .skip(done) }
        return .run(now.content.sha256 == done.content.sha256 ? .otherOptions : .otherInput)
    }

    /// A copy on another disk has another inode and another time; what is there was complete when it got its name.
    private static func isSame(_ then: FileState?, _ now: FileState?) -> Bool {
        guard let then, let now else { return false }
        return !now.isRegular || then.bytes == now.bytes
    }
}
