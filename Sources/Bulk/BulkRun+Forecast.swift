internal import Frames
internal import Shards

extension BulkRun {
    /// What `run` would do, without writing anything.
    public func forecast() throws -> [BulkForecast] {
        let histories = try Journal.reading(in: options.folder, notice: notice).histories
        let decisions = Decisions(
            folder: options.folder, fingerprints: Fingerprints(version: options.version, notice: notice))
        for problem in plan.problems { notice(problem.description) }
        let decided = plan.clips.map { ($0, decisions.decide($0, histories[$0.name])) }
        let toDo = decided.compactMap { clip, decision in
            if case .run = decision { clip } else { nil }
        }
        let lifeline = try Lifeline()
        let place = Worker.Place(program: options.program, lifeline: lifeline.descriptor, lock: nil)
        var cutting: [String: ChunkForecast] = [:]
        for clip in last(of: toDo) { cutting[clip.name] = forecast(clip, place) }
        return decided.map { clip, decision in
            BulkForecast(clip, folder: options.folder, decision: decision, cutting: cutting[clip.name])
        }
    }

    /// Plays the run, with as much time for a clip as its file is large.
    ///
    /// - Returns: the clips that would be cut, if they can be.
    private func last(of clips: [BulkClip]) -> [BulkClip] {
        guard options.chunkSeconds != nil, parallelism.jobs > 1 else { return [] }
        var estimate = BulkEstimate()
        for clip in clips { estimate.add(clip) }
        var last: [BulkClip] = []
        var active: [(clip: BulkClip, left: Double)] = []
        for clip in parallelism.order(clips, by: \.self) {
            if active.count == parallelism.jobs, let first = active.min(by: { $0.left < $1.left }) {
                estimate.remove(first.clip, took: true)
                active = active.filter { $0.clip.name != first.clip.name }.map { ($0.clip, $0.left - first.left) }
            }
            let others = active.map { (clip: $0.clip, share: 1 - $0.left / BulkEstimate.weight($0.clip)) }
            if estimate.wouldBeLast(clip, others: others, jobs: parallelism.jobs) { last.append(clip) }
            active.append((clip, BulkEstimate.weight(clip)))
        }
        return last
    }

    /// What a planner says of the clip, which only opens it in its own process; nil where it could say nothing.
    private func forecast(_ clip: BulkClip, _ place: Worker.Place) -> ChunkForecast? {
        var request = PlanRequest(
            folder: options.folder, clips: [clip.planned(in: options.folder, replaces: false)],
            program: options.version)
        request.chunkSeconds = options.chunkSeconds ?? request.chunkSeconds
        guard let planner = try? Worker(planning: request, onlyForecasts: true, place) else { return nil }
        while planner.poll() == nil { Polling.wait(for: planner.descriptors, milliseconds: 10) }
        return planner.forecast
    }
}
