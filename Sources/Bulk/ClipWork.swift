internal import Frames
internal import MatteKit
internal import Shards

/// One attempt at one clip, from reading its content to the last line in the journal.
///
/// Used by one thread, which asks `advance(threads:)` again and again.
final class ClipWork {
    /// What all attempts share.
    struct Surroundings {
        let folder: String
        let version: String
        /// Nil keeps clips whole.
        let chunkSeconds: Double?
        let splitsShots: Bool
        /// For how long an input that failed must not have changed to be called bad.
        let settleSeconds: Double
        /// See `Parallelism.encoderThreads(clips:)`.
        let encoderThreads: Int?
        let journal: Journal
        let fingerprints: Fingerprints
        let store: ChunkStore
        let wake: WakePipe
        let place: Worker.Place
        /// What people should know while the clip is at work.
        let notice: NoticeHandler
    }

    /// What the attempt rests on.
    struct Basis {
        let content: ContentDigest
        let fingerprint: Fingerprint
        /// The input when work on it began.
        let input: FileState?
        /// Whether outputs of the same names are products of earlier runs.
        let replaces: Bool
    }

    enum Phase {
        case reading(DigestTask)
        /// A worker finds out whether the clip can be cut, and where.
        case planning(Worker, Basis)
        case whole(Worker, Basis)
        case chunked(ChunkedClip, Basis)
        /// It failed, and was written a moment ago: whoever writes it may not be done.
        case settling(until: ContinuousClock.Instant, WorkerFailure, Basis)
    }

    let clip: BulkClip
    let attempt: Int
    let around: Surroundings
    let mayBeCut: Bool
    var phase: Phase
    /// What was said about cutting it.
    private var cuttingNotices: [String] = []
    private(set) var isStopped = false

    /// - Parameters:
    ///   - digest: of the input, where somebody reads it already.
    ///   - mayBeCut: whether cores would be idle if one worker did all of it.
    init(_ clip: BulkClip, attempt: Int, digest: DigestTask?, mayBeCut: Bool, _ around: Surroundings) {
        self.clip = clip
        self.attempt = attempt
        self.around = around
        self.mayBeCut = mayBeCut
        let read = digest?.result
        if let digest, read == nil {
            phase = .reading(digest)
        } else {
            // One that was read ahead may have been written since.
            let known = (try? read?.get()) ?? around.journal.histories[clip.name]?.content
            phase = .reading(DigestTask(clip.input, known: known, wake: around.wake))
        }
    }

    private var workers: [Worker] {
        switch phase {
        case .reading, .settling: []
        case .planning(let worker, _), .whole(let worker, _): [worker]
        case .chunked(let chunks, _): chunks.workers
        }
    }

    /// Places among the run's workers that it takes.
    var slots: Int {
        if case .settling = phase { 0 } else { max(1, workers.count) }
    }

    /// How many workers it has something to do for now.
    var demand: Int {
        switch phase {
        case .settling: 0
        case .reading, .whole: 1
        case .planning: 2
        case .chunked(let chunks, _): chunks.demand
        }
    }

    /// What to wait for.
    var descriptors: [Int32] { workers.flatMap(\.descriptors) }

    /// Whether there is nothing to wait for any more but the end of a process.
    var isEnding: Bool { workers.contains { $0.descriptors.isEmpty } }

    var progress: BulkProgress.Clip {
        switch phase {
        case .chunked(let chunks, _):
            BulkProgress.Clip(
                input: clip.input, frames: chunks.finishedFrames, expectedFrames: chunks.expectedFrames,
                framesPerSecond: chunks.framesPerSecond)
        case .reading, .planning, .whole, .settling:
            BulkProgress.Clip(
                input: clip.input, frames: workers.first?.progress?.frames,
                expectedFrames: workers.first?.progress?.expectedFrames,
                framesPerSecond: workers.first?.progress?.framesPerSecond)
        }
    }

    /// Asks the workers to end; they remove what they have begun, but for finished pieces of chunks.
    func stop() {
        isStopped = true
        if case .chunked(let chunks, _) = phase { chunks.stop() } else { for worker in workers { worker.stop() } }
    }

    func kill() { for worker in workers { worker.kill() } }

    /// Starts one more worker for a clip that is cut.
    ///
    /// - Returns: false where there is nothing to do for it.
    func startWorker(threads: Int) -> Bool {
        if case .chunked(let chunks, _) = phase { chunks.startWorker(threads: threads) } else { false }
    }

    /// - Parameter threads: of the network of a worker that begins now.
    /// - Returns: the outcome, once. Nil while it works.
    /// - Throws: where the journal cannot be written: then nothing may go on. Everything else is an outcome.
    func advance(threads: Int) throws -> ClipOutcome? {
        switch phase {
        case .reading(let task):
            if isStopped { return failed(.init(MatteError(.interrupted, "stopped"))) }
            guard let result = task.result else { return nil }
            return try begin(result, threads: threads)
        case .planning(let worker, let basis):
            guard let result = worker.poll() else { return nil }
            if isStopped { return failed(.init(MatteError(.interrupted, "stopped"))) }
            if let reason = worker.forecast?.wholeReason { noteCutting("'\(clip.input)' stays whole, as \(reason)") }
            for words in worker.notices { noteCutting(words) }
            if case .success = result, beginChunks(basis) { return nil }
            // Clips of one shot stay whole; what is wrong with a clip, the worker for the whole says best.
            return try beginWhole(basis, threads: threads)
        case .whole(let worker, let basis):
            guard let result = worker.poll() else { return nil }
            return try end(result.map { $0.map { JournalEntry.Figures($0) } }, cuttingNotices + worker.notices, basis)
        case .chunked(let chunks, let basis):
            guard let result = chunks.advance(threads: threads) else { return nil }
            return try end(result.map { chunks.figures }, cuttingNotices + chunks.notices, basis)
        case .settling(let deadline, let failure, let basis):
            guard isStopped || ContinuousClock.now >= deadline || FileState(of: clip.input) != basis.input else {
                return nil
            }
            return try end(failure, basis)
        }
    }

    /// Says it at once, and in the report.
    private func noteCutting(_ words: String) {
        cuttingNotices.append(words)
        around.notice(words)
    }

    var outputs: [String] { clip.outputNames.map { FileName.join(around.folder, $0) } }
}
