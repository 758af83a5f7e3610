internal import Encoding
internal import Foundation
internal import Frames
internal import MatteKit
internal import Shards

/// One attempt at one clip, from reading its content to the last line in the journal.
///
/// Used by one thread, which asks `advance()` again and again.
final class ClipWork {
    /// What all attempts share.
    struct Surroundings {
        let folder: String
        let program: String
        let threads: Int
        let journal: Journal
        let fingerprints: Fingerprints
        let wake: WakePipe
        /// The read end of a pipe whose write end only this program has.
        let lifeline: Int32
        let lock: FolderLock
    }

    private enum Phase {
        case reading(DigestTask)
        case working(Worker, ContentDigest, Fingerprint, before: FileState?)
    }

    let clip: BulkClip
    let attempt: Int
    private let around: Surroundings
    private var phase: Phase
    private(set) var isStopped = false

    init(_ clip: BulkClip, attempt: Int, _ around: Surroundings) {
        self.clip = clip
        self.attempt = attempt
        self.around = around
        let history = around.journal.histories[clip.name]
        let known = (history?.open ?? history?.done ?? history?.failed)?.content
        phase = .reading(DigestTask(clip.input, known: known, wake: around.wake))
    }

    /// What to wait for.
    var descriptors: [Int32] {
        if case .working(let worker, _, _, _) = phase { worker.descriptors } else { [] }
    }

    /// Whether there is nothing to wait for any more but the end of the process.
    var isEnding: Bool {
        if case .working(let worker, _, _, _) = phase { worker.descriptors.isEmpty } else { false }
    }

    var progress: BulkProgress.Clip {
        var event: RunEvent?
        if case .working(let worker, _, _, _) = phase { event = worker.progress }
        return BulkProgress.Clip(
            input: clip.input, frames: event?.frames, expectedFrames: event?.expectedFrames,
            framesPerSecond: event?.framesPerSecond)
    }

    /// Asks the worker to end; it removes what it has begun.
    func stop() {
        isStopped = true
        if case .working(let worker, _, _, _) = phase { worker.stop() }
    }

    func kill() {
        if case .working(let worker, _, _, _) = phase { worker.kill() }
    }

    /// - Returns: the outcome, once. Nil while it works.
    /// - Throws: where the journal cannot be written: then nothing may go on. Everything else is an outcome.
    func advance() throws -> ClipOutcome? {
        switch phase {
        case .reading(let task):
            if isStopped { return failed(.init(MatteError(.interrupted, "stopped"))) }
            guard let result = task.result else { return nil }
            return try begin(result)
        case .working(let worker, let content, let fingerprint, let before):
            guard let result = worker.poll() else { return nil }
            return try end(result, worker, content, fingerprint, before: before)
        }
    }

    private var outputs: [String] { clip.outputNames.map { FileName.join(around.folder, $0) } }

    private func begin(_ read: Result<ContentDigest, any Error>) throws -> ClipOutcome? {
        let (content, fingerprint): (ContentDigest, Fingerprint)
        do {
            content = try read.get()
            fingerprint = try around.fingerprints.fingerprint(clip, content: content)
        } catch {
            return failed(.init(error as? MatteError ?? MatteError(.io, "'\(clip.input)' cannot be read: \(error)")))
        }
        let states = outputs.map { FileState(of: $0) }
        let history = around.journal.histories[clip.name]
        // What these runs made, they may replace; what else has the name stays, unless --overwrite says otherwise.
        let ours = states.enumerated().allSatisfy { index, state in
            state.map { history?.made($0, index: index) ?? false } ?? true
        }
        try around.journal.append(entry(.started, content, fingerprint, outputs: states))
        do {
            let worker = try Worker(
                clip, folder: around.folder, threads: around.threads,
                replaces: ours && states.contains { $0 != nil }, program: around.program, lifeline: around.lifeline,
                lock: around.lock)
            phase = .working(worker, content, fingerprint, before: FileState(of: clip.input))
            return nil
        } catch {
            let failure = WorkerFailure(error)
            try record(failure, content, fingerprint)
            return failed(failure)
        }
    }

    private func end(
        _ result: Result<RunSummary?, WorkerFailure>, _ worker: Worker, _ content: ContentDigest,
        _ fingerprint: Fingerprint, before: FileState?
    ) throws -> ClipOutcome {
        switch result {
        case .success where FileState(of: clip.input) != before:
            // What came out shows a part of the clip only.
            for (output, state) in zip(outputs, publishedOutputs()) where state?.isRegular == true { unlink(output) }
            let failure = WorkerFailure(
                MatteError(
                    .tryAgain, "'\(clip.input)' changed while it was read", advice: "try again when it is complete"))
            try record(failure, content, fingerprint)
            return failed(failure)
        case .success(let summary):
            var entry = entry(.done, content, fingerprint, outputs: outputs.map { FileState(of: $0) })
            entry.figures = summary.map { JournalEntry.Figures($0) }
            entry.words = worker.notices
            try around.journal.append(entry)
            return ClipOutcome(clip, entry, isNew: true)
        case .failure(let failure):
            // A worker that was killed could not tidy up.
            for output in outputs { Leftovers.remove(of: output) }
            // An attempt that was stopped stays open in the journal, like one that was killed.
            if !isStopped { try record(failure, content, fingerprint) }
            return failed(failure)
        }
    }

    private func record(_ failure: WorkerFailure, _ content: ContentDigest, _ fingerprint: Fingerprint) throws {
        var entry = entry(.failed, content, fingerprint, outputs: publishedOutputs())
        entry.words = [failure.reason]
        entry.exitStatus = failure.exitStatus
        entry.signal = failure.signal
        try around.journal.append(entry)
    }

    /// The outputs that this attempt has published though it failed, as a failed `--verify` does.
    private func publishedOutputs() -> [FileState?] {
        let open = around.journal.histories[clip.name]?.open
        return outputs.enumerated().map { index, output in
            guard let state = FileState(of: output), let open, open.outputs.indices.contains(index) else { return nil }
            return open.outputs[index] == state ? nil : state
        }
    }

    private func entry(
        _ event: JournalEntry.Event, _ content: ContentDigest, _ fingerprint: Fingerprint, outputs: [FileState?]
    ) -> JournalEntry {
        JournalEntry(
            event: event, clip: clip.name, input: clip.input, time: Int(Date().timeIntervalSince1970),
            content: content, fingerprint: fingerprint, outputs: outputs, attempt: attempt)
    }

    private func failed(_ failure: WorkerFailure) -> ClipOutcome {
        ClipOutcome(input: clip.input, outputs: clip.outputNames, failure: failure, attempts: attempt)
    }
}
