internal import Frames
internal import Shards

/// What a bulk run would do about one clip.
public struct BulkForecast: Sendable, Codable {
    public let input: String
    /// Paths as they would be written, the main one first.
    public let outputs: [String]
    /// Whether it would be done; false for what is done already.
    public let isToDo: Bool
    /// "new", "the input changed", …; "done" where nothing is to do.
    public let reason: String
    /// About how many chunks it would be cut into, to be done side by side, if it has scene cuts enough; nil for a clip
    /// that one worker would do.
    public let chunks: Int?

    init(_ clip: BulkClip, folder: String, decision: Decision, chunks: Int?) {
        self.chunks = chunks
        input = clip.input
        outputs = clip.outputNames.map { FileName.join(folder, $0) }
        switch decision {
        case .skip, .adopt: (isToDo, reason) = (false, "done")
        case .run(let why): (isToDo, reason) = (true, why.rawValue)
        }
    }
}

extension BulkRun {
    /// What `run` would do, without writing anything.
    public func forecast() throws -> [BulkForecast] {
        let histories = try Journal.reading(in: options.folder, notice: notice).histories
        let decisions = Decisions(
            folder: options.folder, fingerprints: Fingerprints(version: options.version, notice: notice))
        for problem in plan.problems { notice(problem.description) }
        let decided = plan.clips.map { ($0, decisions.decide($0, histories[$0.name])) }
        let chunks = chunks(
            decided.compactMap { clip, decision in
                if case .run = decision { clip } else { nil }
            })
        return decided.map { clip, decision in
            BulkForecast(clip, folder: options.folder, decision: decision, chunks: chunks[clip.name])
        }
    }

    /// Plays the run, with as much time for a clip as its file is large, and looks at those that would be cut.
    private func chunks(_ clips: [BulkClip]) -> [String: Int] {
        guard let chunkSeconds = options.chunkSeconds, parallelism.jobs > 1 else { return [:] }
        let cutting = ChunkForecast(chunkSeconds: chunkSeconds)
        var estimate = BulkEstimate()
        for clip in clips { estimate.add(clip) }
        var chunks: [String: Int] = [:]
        var active: [(clip: BulkClip, left: Double)] = []
        for clip in parallelism.order(clips, by: \.self) {
            if active.count == parallelism.jobs, let first = active.min(by: { $0.left < $1.left }) {
                estimate.remove(first.clip, took: true)
                active = active.filter { $0.clip.name != first.clip.name }.map { ($0.clip, $0.left - first.left) }
            }
            let others = active.map { (clip: $0.clip, share: 1 - $0.left / BulkEstimate.weight($0.clip)) }
            if !clip.isVerified, estimate.wouldBeLast(clip, others: others, jobs: parallelism.jobs) {
                let count = cutting.chunks(
                    of: clip.input, output: FileName.join(options.folder, clip.name),
                    settings: clip.settings(in: options.folder, replaces: false))
                chunks[clip.name] = count > 1 ? count : nil
            }
            active.append((clip, BulkEstimate.weight(clip)))
        }
        return chunks
    }
}
