/// What has become of the clips so far.
struct Tally {
    private(set) var outcomes: [ClipOutcome] = []
    private var places: [String: Int] = [:]
    private var counts: [ClipOutcome.Status: Int] = [:]
    private var estimate = BulkEstimate()
    /// How often something was added.
    private(set) var changes = 0

    func count(_ status: ClipOutcome.Status) -> Int { counts[status] ?? 0 }

    mutating func await(_ clip: BulkClip) { estimate.add(clip) }

    /// A clip that a run of hours sees again, since it was written anew, has one outcome, the last.
    mutating func add(_ outcome: ClipOutcome, of clip: BulkClip?, wasAwaited: Bool = false) {
        if let clip, wasAwaited { estimate.remove(clip, took: outcome.status == .done) }
        let key = clip?.name ?? "\0" + outcome.input
        changes += 1
        counts[outcome.status, default: 0] += 1
        if let place = places[key] {
            counts[outcomes[place].status, default: 0] -= 1
            outcomes[place] = outcome
        } else {
            places[key] = outcomes.count
            outcomes.append(outcome)
        }
    }

    /// Whether a clip that waits should be cut, if that can be.
    func wouldBeLast(_ clip: BulkClip, active: [ClipWork], jobs: Int) -> Bool {
        estimate.wouldBeLast(clip, others: active.map { ($0.clip, $0.progress.share) }, jobs: jobs)
    }

    func progress(of active: [ClipWork], total: Int, elapsedSeconds: Double) -> BulkProgress {
        let clips = active.map(\.progress)
        return BulkProgress(
            clips: clips, done: count(.done), already: count(.already), failed: count(.failed), total: total,
            elapsedSeconds: elapsedSeconds,
            remainingSeconds: estimate.seconds(
                elapsed: elapsedSeconds, active: zip(active, clips).map { ($0.clip, $1.share) }))
    }
}
