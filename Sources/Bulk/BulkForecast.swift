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
    /// Why a clip that is long enough to be cut would stay whole; nil for others.
    public let wholeReason: String?

    init(_ clip: BulkClip, folder: String, decision: Decision, cutting: ChunkForecast.Answer?) {
        (chunks, wholeReason) =
            switch cutting {
            case .chunks(let count): (count, nil)
            case .whole(let reason): (nil, reason)
            case .short, nil: (nil, nil)
            }
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
        let cutting = cutting(
            decided.compactMap { clip, decision in
                if case .run = decision { clip } else { nil }
            })
        return decided.map { clip, decision in
            BulkForecast(clip, folder: options.folder, decision: decision, cutting: cutting[clip.name])
        }
    }

    /// Plays the run, with as much time for a clip as its file is large, and looks at those that would be cut.
    private func cutting(_ clips: [BulkClip]) -> [String: ChunkForecast.Answer] {
        guard let chunkSeconds = options.chunkSeconds, parallelism.jobs > 1 else { return [:] }
        var estimate = BulkEstimate()
        for clip in clips { estimate.add(clip) }
        var answers: [String: ChunkForecast.Answer] = [:]
        var active: [(clip: BulkClip, left: Double)] = []
        for clip in parallelism.order(clips, by: \.self) {
            if active.count == parallelism.jobs, let first = active.min(by: { $0.left < $1.left }) {
                estimate.remove(first.clip, took: true)
                active = active.filter { $0.clip.name != first.clip.name }.map { ($0.clip, $0.left - first.left) }
            }
            let others = active.map { (clip: $0.clip, share: 1 - $0.left / BulkEstimate.weight($0.clip)) }
            if estimate.wouldBeLast(clip, others: others, jobs: parallelism.jobs) {
                answers[clip.name] = clip.forecast(in: options.folder, chunkSeconds: chunkSeconds)
            }
            active.append((clip, BulkEstimate.weight(clip)))
        }
        return answers
    }
}

extension BulkClip {
    /// What cutting it would come to. Its first picture is decoded at most.
    func forecast(in folder: String, chunkSeconds: Double) -> ChunkForecast.Answer {
        let answer = ChunkForecast(chunkSeconds: chunkSeconds).answer(
            for: input, output: FileName.join(folder, name), settings: settings(in: folder, replaces: false))
        guard isVerified, case .chunks = answer else { return answer }
        return .whole(reason: "--verify compares the result with one run over the whole")
    }
}
