internal import Foundation
internal import Frames
internal import MatteKit
internal import Shards

/// One attempt at a clip that is cut: a worker for each chunk, several at a time, then one that joins them. Chunks that
/// earlier attempts finished are not done again.
///
/// Used by one thread, which asks `advance(threads:)` again and again.
final class ChunkedClip {
    private let plan: ShardPlan
    private let replaces: Bool
    private let place: Worker.Place
    private let begin = ContinuousClock.now
    private var waiting: [Int] = []
    private var working: [(shard: Int, worker: Worker)] = []
    private var joining: Worker?
    /// Of each chunk, in pieces that were complete when its worker began or ended.
    private var frames: [Int]
    private let inheritedFrames: Int
    private var failure: WorkerFailure?
    /// Each once: every chunk has the same to say of the clip.
    private(set) var notices: [String] = []

    /// - Parameter replaces: whether outputs of the same names are products of earlier runs.
    init(_ plan: ShardPlan, replaces: Bool, _ place: Worker.Place) throws(MatteError) {
        (self.plan, self.replaces, self.place) = (plan, replaces, place)
        frames = []
        for shard in 0..<plan.shardCount {
            let progress = try plan.progress(ofShard: shard)
            frames.append(progress.frames)
            if !progress.isDone { waiting.append(shard) }
        }
        inheritedFrames = frames.reduce(0, +)
    }

    /// Processes that are at work.
    var workers: [Worker] { working.map(\.worker) + [joining].compactMap { $0 } }

    /// How many workers it has something to do for now.
    var demand: Int { max(1, workers.count + waiting.count) }

    /// Starts another worker.
    ///
    /// - Returns: false where there is nothing to do for it.
    func startWorker(threads: Int) -> Bool {
        guard failure == nil, !waiting.isEmpty else { return false }
        let shard = waiting.removeFirst()
        let worker = start(
            ["work", plan.folder, "--shard", "\(shard)", "--threads", "\(threads)", "--qc", "--json", "--stop-at-eof"]
                + (place.run?.options(threads: threads) ?? []))
        guard let worker else { return false }
        working.append((shard, worker))
        return true
    }

    func stop() {
        if let joining { joining.stop() } else { fail(WorkerFailure(MatteError(.interrupted, "stopped"))) }
    }

    func kill() { for worker in workers { worker.kill() } }

    /// - Parameter threads: for another worker's network.
    /// - Returns: how the attempt ended, once. Nil while it works.
    func advance(threads: Int) -> Result<Void, WorkerFailure>? {
        for (shard, worker) in working {
            guard let result = worker.poll() else { continue }
            working.removeAll { $0.worker === worker }
            take(worker.notices)
            frames[shard] = (try? plan.progress(ofShard: shard).frames) ?? 0
            if case .failure(let reason) = result { fail(reason) }
        }
        if let joining {
            guard let result = joining.poll() else { return nil }
            self.joining = nil
            take(joining.notices)
            return result.map { _ in }
        }
        // The place of a worker that has ended stays this clip's.
        if working.isEmpty, !startWorker(threads: threads), failure == nil {
            joining = start(
                ["merge", plan.folder, "--json", "--stop-at-eof"] + (replaces ? ["--overwrite"] : []))
        }
        guard let failure, workers.isEmpty else { return nil }
        return .failure(failure)
    }

    /// What the others finished is kept for the next attempt.
    private func fail(_ reason: WorkerFailure) {
        failure = failure ?? reason
        waiting = []
        for (_, worker) in working { worker.stop() }
    }

    private func start(_ arguments: [String]) -> Worker? {
        do throws(MatteError) {
            return try Worker(arguments, place)
        } catch {
            fail(WorkerFailure(error))
            return nil
        }
    }

    private func take(_ words: [String]) {
        for word in words where !notices.contains(word) { notices.append(word) }
    }

    // MARK: figures

    var expectedFrames: Int? { plan.clips.first?.expectedFrames }

    /// Frames done, by earlier attempts too.
    var finishedFrames: Int {
        frames.reduce(0, +) + working.reduce(0) { $0 + ($1.worker.progress?.frames ?? 0) }
    }

    var framesPerSecond: Double? {
        let rates = working.compactMap { $0.worker.progress?.framesPerSecond }
        return rates.isEmpty ? nil : rates.reduce(0, +)
    }

    /// For the journal, when all is done.
    var figures: JournalEntry.Figures? {
        let shards = (0..<plan.shardCount).compactMap { try? plan.progress(ofShard: $0) }
        guard let first = shards.lazy.compactMap(\.figures).first else { return nil }
        var quality = QualityTally()
        for shard in shards { shard.quality.map { quality.add($0) } }
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        let frames = shards.reduce(0) { $0 + $1.frames }
        return JournalEntry.Figures(
            frames: frames, wallSeconds: seconds, framesPerSecond: Double(frames - inheritedFrames) / seconds,
            width: first.width, height: first.height, engine: first.engine, device: first.device,
            peakMemoryBytes: shards.compactMap { $0.figures?.peakMemoryBytes }.max() ?? 0,
            chunks: shards.count, quality: quality.marks)
    }
}
