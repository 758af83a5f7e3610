import Decoding
import Encoding
import FFmpeg
import Foundation
public import Frames
import Glibc
import Presets

/// Puts the finished chunks of a plan together: pieces are joined without decoding them, and get the sound, subtitles and
/// chapters of the original. A clip that was one shard only gets its name.
public struct PlanMerger: Sendable {
    /// What a merge did.
    public struct Report: Sendable {
        public var merged: [String] = []
        /// Outputs that an earlier merge completed.
        public var wereMerged = 0
        /// Clips that could not be completed, and why.
        public var failures: [MatteError] = []
    }

    private let plan: ShardPlan
    private let overwrite: Bool
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler

    /// - Parameter overwrite: whether files with the outputs' names are replaced; so are they where the plan says so.
    public init(
        _ plan: ShardPlan, overwrite: Bool = false, isCancelled: @escaping @Sendable () -> Bool = { false },
        notice: @escaping NoticeHandler = { _ in }
    ) {
        (self.plan, self.overwrite, self.isCancelled, self.notice) = (plan, overwrite, isCancelled, notice)
    }

    /// Completes every clip of which all chunks are done; one that cannot be completed does not stop the others.
    ///
    /// - Parameter merged: called with each clip's output.
    public func run(merged: (String) -> Void = { _ in }) -> Report {
        var report = Report()
        for (index, clip) in plan.clips.enumerated() {
            if isCancelled() {
                report.failures.append(MatteError(.interrupted, "interrupted", advice: "merge again for the rest"))
                break
            }
            let record = plan.mergedRecord(ofClip: index)
            if Publication.isTaken(record) {
                report.wereMerged += 1
                continue
            }
            do {
                try merge(clip)
                _ = try Publication.publish(record: MergedClip(output: clip.output), as: record)
                report.merged.append(clip.output)
                merged(clip.output)
            } catch {
                report.failures.append(error as? MatteError ?? MatteError(.internal, "'\(clip.output)': \(error)"))
            }
        }
        return report
    }

    private struct MergedClip: Codable {
        var output: String
    }

    private func merge(_ clip: PlannedClip) throws {
        let shards = try finishedShards(of: clip)
        var options = try clip.options()
        if overwrite { options.encoding.overwrite = true }
        for output in options.outputs {
            let folder = PathName.split(output).folder
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw MatteError(
                    .cannotCreate, "the folder '\(folder)' cannot be made", advice: "look at the permissions above it")
            }
        }
        for (index, output) in options.outputs.enumerated() {
            if clip.chunks.isEmpty {
                for file in shards.flatMap({ $0.files(ofOutput: index) }) where Publication.isTaken(file.path) {
                    try Handover.move(file.path, to: output, overwrite: options.encoding.overwrite)
                }
            } else {
                try join(shards, output: index, to: output, options)
            }
        }
    }

    private func finishedShards(of clip: PlannedClip) throws -> [FinishedShard] {
        let numbers = clip.firstShard..<clip.firstShard + clip.shardCount
        let missing = numbers.filter { plan.chunkFolder($0).done == nil }
        if let first = missing.first {
            let failure = plan.chunkFolder(first).failure.map { ": \($0.message)" } ?? ""
            let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
            throw MatteError(
                .noInput, "'\(clip.output)' is not complete: shard \(first)\(more) is not done\(failure)",
                advice: "`matte work '\(plan.folder)' --shard \(first)` does it")
        }
        return try numbers.map { number in
            let folder = plan.chunkFolder(number)
            guard let done = folder.done else { throw MatteError(.noInput, "shard \(number) is not done") }
            let shard = FinishedShard(folder: folder.path, done: done)
            // A clip that was one shard may have been handed over by a merge that was ended right behind that.
            let outputs = clip.chunks.isEmpty ? try clip.options().outputs : []
            let isThere = { (index: Int, file: String) in
                Publication.isTaken(file) || outputs.indices.contains(index) && Publication.isTaken(outputs[index])
            }
            if let lost = shard.allFiles.enumerated().first(where: { !isThere($0, $1) })?.element {
                throw MatteError(
                    .noInput, "'\(lost)' is gone, though its shard is done",
                    advice: "remove '\(folder.path)', and do shard \(number) again")
            }
            return shard
        }
    }

    private func join(_ shards: [FinishedShard], output index: Int, to output: String, _ options: RunOptions) throws {
        let files = shards.flatMap { $0.files(ofOutput: index) }
        guard let first = files.first else { throw MatteError(.badInput, "'\(output)' has no pieces") }
        var encoding = EncodingOptions()
        encoding.overwrite = options.encoding.overwrite
        var joiner: ClipJoiner
        // Only the main output carries what is copied.
        if index == 0 {
            let beside = try CopiedPackets(
                path: options.input, options: options.decoding, isCancelled: isCancelled, notice: notice)
            let streams = beside.info.streams.filter { options.audio == .copy || $0.kind != .audio }
            joiner = try ClipJoiner(
                path: output, firstPiece: first.path, options: encoding, streams: streams,
                container: beside.info.container,
                notice: notice, beside: beside.next)
        } else {
            joiner = try ClipJoiner(path: output, firstPiece: first.path, options: encoding, notice: notice)
        }
        for file in files {
            if isCancelled() { throw MatteError(.interrupted, "interrupted", advice: "merge again for the rest") }
            try joiner.append(file.path, frames: file.frames)
        }
        _ = try joiner.finish()
    }
}

/// A shard's files, as its `done.json` has them.
private struct FinishedShard {
    let folder: String
    let done: ChunkFolder.Done

    func files(ofOutput index: Int) -> [(path: String, frames: Int)] {
        done.pieces.compactMap { piece in
            piece.files.indices.contains(index) ? ("\(folder)/\(piece.files[index])", piece.frames) : nil
        }
    }

    var allFiles: [String] { done.pieces.flatMap { $0.files.map { "\(folder)/\($0)" } } }
}
