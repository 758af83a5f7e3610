internal import Encoding
internal import Foundation
internal import Frames

extension ClipWork {
    /// - Returns: nil where it is not sure yet that the input is bad.
    func end(
        _ result: Result<JournalEntry.Figures?, WorkerFailure>, _ notices: [String], _ basis: Basis
    ) throws -> ClipOutcome? {
        switch result {
        case .success where FileState(of: clip.input) != basis.input:
            // What came out shows a part of the clip only.
            for (output, state) in zip(outputs, publishedOutputs()) where state?.isRegular == true { unlink(output) }
            around.store.remove(clip)
            return try fail(changed, basis)
        case .success(let figures):
            var entry = entry(.done, basis, outputs: outputs.map { FileState(of: $0) })
            entry.figures = figures
            entry.words = notices
            try around.journal.append(entry)
            around.store.remove(clip)
            return ClipOutcome(clip, entry, isNew: true)
        case .failure(let failure):
            // A worker that was killed could not tidy up.
            for output in outputs { Leftovers.remove(of: output) }
            if !failure.isWorthRetrying, !isStopped, let wait = unsettledSeconds {
                phase = .settling(until: .now + .seconds(wait), failure, basis)
                return nil
            }
            return try end(failure, basis)
        }
    }

    func end(_ failure: WorkerFailure, _ basis: Basis) throws -> ClipOutcome {
        // An attempt that was stopped stays open in the journal, like one that was killed.
        if isStopped { return failed(failure) }
        let isStill = FileState(of: clip.input) == basis.input
        if !failure.isWorthRetrying || !isStill { around.store.remove(clip) }
        return try fail(isStill ? failure : changed, basis)
    }

    /// A file that is still being written is not bad, whatever its worker found.
    private var changed: WorkerFailure {
        WorkerFailure(
            MatteError(
                .tryAgain, "'\(clip.input)' changed while it was read", advice: "try again when it is complete"))
    }

    /// For how long to look whether anybody goes on writing the input; nil where it was left alone long enough.
    private var unsettledSeconds: Double? {
        guard let input = FileState(of: clip.input), input.isRegular else { return nil }
        let age = Date().timeIntervalSince1970 - Double(input.modified) / 1e9
        // Clocks of other machines may be ahead.
        let rest = min(around.settleSeconds, around.settleSeconds - age)
        return rest > 0 ? rest : nil
    }

    func fail(_ failure: WorkerFailure, _ basis: Basis) throws -> ClipOutcome {
        var entry = entry(.failed, basis, outputs: publishedOutputs())
        entry.words = [failure.reason]
        entry.exitStatus = failure.exitStatus
        entry.signal = failure.signal
        try around.journal.append(entry)
        return failed(failure)
    }

    func failed(_ failure: WorkerFailure) -> ClipOutcome {
        ClipOutcome(input: clip.input, outputs: clip.outputNames, failure: failure, attempts: attempt)
    }

    /// The outputs that this attempt has published though it failed, as a failed `--verify` does.
    private func publishedOutputs() -> [FileState?] {
        let open = around.journal.histories[clip.name]?.open
        return outputs.enumerated().map { index, output in
            guard let state = FileState(of: output), let open, open.outputs.indices.contains(index) else { return nil }
            return open.outputs[index] == state ? nil : state
        }
    }

    func entry(_ event: JournalEntry.Event, _ basis: Basis, outputs: [FileState?]) -> JournalEntry {
        JournalEntry(
            event, of: clip, content: basis.content, fingerprint: basis.fingerprint, outputs: outputs, attempt: attempt)
    }
}
