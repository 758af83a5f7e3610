import Decoding
import Encoding
import Foundation
public import Frames
import Glibc
public import MatteKit
import Matting
import Presets

/// Does one shard of a plan. Any number of workers may do so at the same time, on any machine that sees the plan, the
/// inputs and the model under the same paths; also several the same shard, of which the first to finish a piece wins.
///
/// `run` blocks; `cancel` may be called from any thread. An object runs once.
public final class ShardWorker: Sendable {
    public enum Outcome: Sendable, Hashable {
        /// With what brought the network to the first frame, where that is in the middle of a shot.
        case done(frames: Int, warmUp: SegmentWarmUp.Figures?)
        /// By an earlier attempt, or by another worker.
        case wasDone
    }

    private let plan: ShardPlan
    private let clip: PlannedClip
    private let chunk: PlannedClip.Chunk?
    private let folder: ChunkFolder
    private let attempt: Int
    private let program: String
    private let threads: Int?
    private let findings: String?
    private let inspectsQuality: Bool
    private let notice: NoticeHandler
    private let job = Protected<(job: MatteJob?, isCancelled: Bool)>((nil, false))

    /// - Parameters:
    ///   - shard: from 0.
    ///   - attempt: from 0, for the record.
    ///   - program: this program's version.
    ///   - threads: of the network; nil for what the plan says. No picture depends on it.
    ///   - findings: see `InferenceOptions.findings`.
    ///   - inspectsQuality: whether the mattes are judged on the way, see `ShardPlan.Progress`.
    /// - Throws: `.usage` for a shard that is not in the plan.
    public init(
        _ plan: ShardPlan, shard: Int, attempt: Int = 0, program: String, threads: Int? = nil,
        findings: String? = nil, inspectsQuality: Bool = false, notice: @escaping NoticeHandler = { _ in }
    ) throws(MatteError) {
        let place = try plan.place(ofShard: shard)
        self.plan = plan
        clip = place.clip
        chunk = clip.chunks.indices.contains(place.chunk) ? clip.chunks[place.chunk] : nil
        folder = plan.chunkFolder(shard)
        (self.attempt, self.program, self.notice) = (attempt, program, notice)
        (self.threads, self.findings, self.inspectsQuality) = (threads, findings, inspectsQuality)
    }

    /// Stops soon, at a frame; finished pieces are kept.
    public func cancel() {
        let running = job.withLock { state in
            state.isCancelled = true
            return state.job
        }
        running?.cancel()
    }

    /// Does what is missing.
    ///
    /// - Throws: `.usage`, `.badInput`, `.noInput` and `.configuration` where no attempt can succeed; `.tryAgain` for
    ///   everything else, with the reason.
    public func run(progress: @escaping @Sendable (RunProgress) -> Void = { _ in }) throws(MatteError) -> Outcome {
        do {
            return try work(progress)
        } catch {
            let error = error as? MatteError ?? MatteError(.internal, "\(error)")
            if error.kind == .interrupted {
                throw MatteError(
                    .tryAgain, "shard \(folder.shard) was stopped",
                    advice: "what is finished of it is kept; start it again")
            }
            let isFinal = error.kind.isFinal
            let failure = ChunkFolder.Failure(
                status: error.kind.rawValue, message: error.description, host: Self.host, attempt: attempt,
                time: Date().timeIntervalSince1970, isWorthRetrying: !isFinal)
            // Where even that cannot be written, the exit status says enough.
            try? folder.make()
            try? folder.publish(failure, token: Self.token)
            throw isFinal ? error : MatteError(.tryAgain, error.message, advice: error.advice ?? "start it again")
        }
    }

    private func work(_ progress: @escaping @Sendable (RunProgress) -> Void) throws -> Outcome {
        if folder.done != nil { return .wasDone }
        try checkSurroundings()
        try clip.seal.check(clip.input)
        try folder.make()
        let began = ContinuousClock.now
        removeDeadAttempts()
        let own = "\(folder.path)/attempt-\(Self.token)-\(Self.count.withLock { $0 += 1; return $0 })"
        guard mkdir(own, 0o777) == 0 || errno == EEXIST else { throw FileFailure.cannotCreate(own, code: errno) }
        defer { try? FileManager.default.removeItem(atPath: own) }
        let (total, summary) = try chunk.map { try work(on: $0, in: own, progress) } ?? workOnWhole(in: own, progress)
        let pieces = folder.pieces
        guard pieces.count == total else {
            throw MatteError(.io, "pieces of shard \(folder.shard) are not there any more", advice: "start it again")
        }
        let elapsed = began.duration(to: .now) / .seconds(1)
        let done = ChunkFolder.Done(
            shard: folder.shard, pieces: pieces, host: Self.host, attempt: attempt, seconds: elapsed,
            figures: summary.map { ShardFigures($0) }, warmUp: folder.warmUp)
        try folder.publish(done)
        return .done(frames: done.frames, warmUp: done.warmUp)
    }

    /// - Returns: how many pieces there are now, and what this attempt did; nil where there was nothing to do.
    private func workOnWhole(
        in own: String, _ progress: @escaping @Sendable (RunProgress) -> Void
    ) throws -> (pieces: Int, RunSummary?) {
        guard folder.pieces.isEmpty else { return (1, nil) }
        let options = try options().writing(piece: 0, in: own)
        let summary = try run(options, SharedNetwork(), segment: nil, in: own, progress)
        let piece = FinishedPiece(
            number: 0, files: summary.outputs, frames: summary.pipeline.frames, lastTicks: 0, checkpoint: nil,
            quality: summary.quality)
        try folder.publish(piece, isWhole: true)
        return (1, summary)
    }

    private func work(
        on chunk: PlannedClip.Chunk, in own: String, _ progress: @escaping @Sendable (RunProgress) -> Void
    ) throws -> (pieces: Int, RunSummary?) {
        let next = Protected(0)
        let folder = folder
        let network = SharedNetwork()
        let options = try options()
        var segment = JobSegment(
            span: chunk.span, readFrom: chunk.span.first, clipStart: clip.clipStart, pieceFrames: clip.pieceFrames,
            folder: own
        ) { piece in
            try folder.publish(piece, isWhole: false)
            next.withLock { $0 = piece.number + 1 }
        }
        let pieces = folder.pieces
        if let last = pieces.last?.lastTicks, let checkpoint = folder.checkpoint(afterPiece: pieces.count - 1) {
            // The next frame, whatever its time: times are whole ticks.
            segment.span.first = last + chunk.span.shift + 1
            segment.readFrom = segment.span.first
            segment.checkpoint = checkpoint
            segment.firstPiece = pieces.count
        } else if !chunk.isExact {
            let warm = try warmUp(for: chunk, network, options)
            (segment.checkpoint, segment.readFrom) = (warm.checkpoint, warm.readFrom)
        }
        let summary = try run(options, network, segment: segment, in: own, progress)
        return (next.withLock { $0 }, summary)
    }

    /// Once for a shard: it may take longer than a piece.
    private func warmUp(
        for chunk: PlannedClip.Chunk, _ network: SharedNetwork, _ options: RunOptions
    ) throws -> (checkpoint: MattingCheckpoint?, readFrom: Int64) {
        if folder.warmUp != nil, let checkpoint = folder.warmCheckpoint {
            return (checkpoint, chunk.span.first)
        }
        let job = job
        let warm = try SegmentWarmUp(
            options, network: network, isCancelled: { job.withLock { $0.isCancelled } }, notice: notice
        ).run(before: chunk.span, exactFrom: chunk.exactFrom)
        try folder.publish(warm.figures, checkpoint: warm.checkpoint)
        return (warm.checkpoint, warm.checkpoint == nil ? warm.readFrom : chunk.span.first)
    }

    private func options() throws -> RunOptions {
        var options = try clip.options()
        if let threads { options.inference.threads = threads }
        options.inference.findings = findings
        return options
    }

    private func run(
        _ options: RunOptions, _ network: SharedNetwork, segment: JobSegment?, in own: String,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) throws -> RunSummary {
        let notices = PieceNotices(folder: own, outputs: try clip.options().outputs, notice: notice)
        let made = MatteJob(
            options, network: network, segment: segment, inspectsQuality: inspectsQuality, notice: notices.say)
        let isCancelled = job.withLock { state in
            state.job = made
            return state.isCancelled
        }
        if isCancelled { throw MatteError(.interrupted, "interrupted") }
        return try made.run(progress: progress)
    }

    /// Another version or model would give other pictures in this chunk than in the others.
    private func checkSurroundings() throws {
        let planned = plan.header.surroundings[clip.surroundings]
        guard planned.program == program else {
            throw MatteError(
                .configuration, "the plan was made by matte \(planned.program), and this is \(program)",
                advice: "use that version on all machines, or make the plan again")
        }
        let here = try Fingerprint.Surroundings(of: clip.settings, program: program, notice: notice)
        guard here.model == planned.model else {
            throw MatteError(
                .configuration, "the model here is another one than the plan was made with",
                advice: "install the same model on all machines")
        }
        guard here.files == planned.files else {
            throw MatteError(
                .badInput, "a file that the options name has changed since the plan was made",
                advice: "put it back, or make a new plan")
        }
    }

    /// Removes what killed attempts on this machine left.
    private func removeDeadAttempts() {
        let start = "attempt-\(Self.host)-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(start) {
            guard let process = name.dropFirst(start.count).split(separator: "-").first.flatMap({ pid_t($0) }),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        }
    }

    private static let count = Protected(0)
    private static var host: String { ProcessInfo.processInfo.hostName }
    /// Tells attempts apart.
    private static let token = "\(host)-\(getpid())-\(Int(Date().timeIntervalSince1970))"
}

extension MatteError.Kind {
    /// Whether another attempt would end in the same way.
    var isFinal: Bool { [.usage, .badInput, .noInput, .configuration].contains(self) }
}
