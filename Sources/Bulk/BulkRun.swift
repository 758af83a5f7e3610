internal import Encoding
public import Frames
internal import Presets

/// Many clips, each in a process of its own, so that none takes the others with it; and a journal, so that the same
/// command again does only what is missing.
///
/// One thread runs it and is told of everything on that thread.
public final class BulkRun {
    let options: BulkOptions
    let notice: NoticeHandler
    private let tell: (BulkEvent) -> Void
    private let begin = ContinuousClock.now
    private let earlier: Journal.Reading
    private(set) var plan: BulkPlan
    private var tally = Tally()
    private var waiting: [(clip: BulkClip, attempt: Int)] = []
    private var active: [ClipWork] = []
    private var lastTold = -Double.infinity
    private var reportedChanges = -1
    let parallelism: Parallelism
    /// Contents of the clips that come next, so that no worker's place is empty while they are read.
    private var ahead: [String: DigestTask] = [:]
    private var thumbnails: ThumbnailQueue?

    /// How long another run may take to tidy up after it was killed, and workers when they are asked to stop.
    private static let graceSeconds = 20.0
    private static let tellSeconds = 0.1

    /// Looks at the inputs.
    ///
    /// - Parameters:
    ///   - notice: hears what a person should know.
    ///   - tell: hears of everything that happens.
    /// - Throws: `MatteError` for what is wrong with the command: nothing has been begun then.
    public init(
        _ options: BulkOptions, notice: @escaping NoticeHandler, tell: @escaping (BulkEvent) -> Void
    ) throws {
        self.options = options
        self.notice = notice
        self.tell = tell
        parallelism = Parallelism(
            asked: options.jobs, device: options.settings.last { $0.name == "device" }?.value ?? "cpu")
        earlier = try Journal.reading(in: options.folder, notice: { _ in })
        plan = try BulkPlan(options, products: earlier.results, notice: notice)
    }

    /// Does the work.
    ///
    /// - Parameter isCancelled: asked several times a second; true ends the run cleanly.
    /// - Returns: what became of every clip; it is written into the folder too.
    /// - Throws: `.tryAgain` where another run has the folder, `.io` where the journal cannot be written (a full disk):
    ///   what was done is safe then.
    public func run(isCancelled: () -> Bool) throws -> BulkReport {
        let fingerprints = Fingerprints(version: options.version, notice: notice)
        try fingerprints.checkModel(options.settings)
        try OutputFolder.make(options.folder)
        try BulkReport.checkPlace(in: options.folder)
        let lock = try lock()
        let journal = try Journal(folder: options.folder, known: earlier, notice: notice)
        // A power cut leaves no worker to tidy up, and the clip may not be among the inputs any more.
        for (name, history) in journal.histories where history.open != nil {
            Leftovers.remove(of: FileName.join(options.folder, name))
        }
        let decisions = Decisions(folder: options.folder, fingerprints: fingerprints)
        var watched = try WatchedFolders(options)
        for problem in plan.problems { fail(problem) }
        for clip in plan.clips where !isCancelled() { try sort(clip, decisions, journal) }
        waiting = parallelism.order(waiting, by: \.clip)
        if plan.clips.isEmpty, plan.problems.isEmpty, options.watched.isEmpty {
            notice("no clips were found; --include takes files of other kinds than the usual videos")
        }
        tell(.planned(clips: plan.clips.count, already: tally.count(.already)))

        let folder = RunFolder(folder: options.folder)
        defer { folder.remove() }
        let (wake, lifeline) = (try WakePipe(), try Lifeline())
        let around = ClipWork.Surroundings(
            folder: options.folder, version: options.version, chunkSeconds: options.chunkSeconds,
            splitsShots: options.splitsShots, settleSeconds: options.settleSeconds,
            encoderThreads: parallelism.encoderThreads(clips: options.watched.isEmpty ? plan.clips.count : .max),
            journal: journal, fingerprints: fingerprints,
            store: ChunkStore(folder: options.folder), wake: wake,
            place: Worker.Place(
                program: options.program, lifeline: lifeline.descriptor, lock: lock, run: folder,
                stallSeconds: options.stallSeconds),
            notice: notice)
        let older = tally.outcomes.prefix(Thumbnails.most).filter { $0.status == .already }
        thumbnails = ThumbnailQueue(folder: options.folder, older: older, around.place)
        // Of those that are watched for, some may not have been seen yet.
        let unseen = options.watched.isEmpty ? [] : journal.histories.filter { !$1.isDone }.map(\.key)
        around.store.keepOnly(waiting.map(\.clip.name) + unseen)
        do {
            while !isCancelled() {
                try takeArrivals(&watched, decisions, journal)
                while active.reduce(0, { $0 + $1.slots }) < parallelism.jobs, startWorker(around) {}
                readAhead(around)
                if active.isEmpty {
                    if options.watched.isEmpty { break }
                    if thumbnails?.isDone ?? true { try writeNews() }
                }
                try advance(wake)
                tellProgress()
            }
        } catch {
            try? stopAll(wake)
            throw error
        }
        let isStopped = isCancelled()
        if isStopped { try stopAll(wake) }
        while let thumbnails, !thumbnails.isDone {
            thumbnails.advance(isLast: true)
            Polling.wait(for: thumbnails.descriptors, milliseconds: thumbnails.isEnding ? 2 : 100)
        }
        let report = report(isStopped: isStopped)
        try report.write(to: options.folder)
        return report
    }

    /// A run that waits for clips has a report of those that came.
    private func writeNews() throws {
        guard reportedChanges != tally.changes else { return }
        reportedChanges = tally.changes
        try report(isStopped: false).write(to: options.folder)
    }

    /// Workers of a run that was killed keep the lock while they tidy up.
    private func lock() throws(MatteError) -> FolderLock {
        do {
            return try FolderLock(options.folder, patienceSeconds: 0)
        } catch {
            guard error.kind == .tryAgain else { throw error }
            notice("\(error.message); waiting for it for \(Int(Self.graceSeconds)) seconds")
            return try FolderLock(options.folder, patienceSeconds: Self.graceSeconds)
        }
    }

    private var elapsedSeconds: Double { (ContinuousClock.now - begin) / .seconds(1) }

    private func report(isStopped: Bool) -> BulkReport {
        BulkReport(
            options, outcomes: tally.outcomes, total: plan.clips.count, wallSeconds: elapsedSeconds,
            isStopped: isStopped)
    }

    // MARK: what there is to do

    /// Puts a clip to those that are done or to those that wait.
    private func sort(_ clip: BulkClip, _ decisions: Decisions, _ journal: Journal) throws(MatteError) {
        switch decisions.decide(clip, journal.histories[clip.name]) {
        case .skip(let entry): tally.add(ClipOutcome(clip, entry, isNew: false), of: clip)
        case .adopt(let open):
            let done = decisions.adopted(clip, open)
            try journal.append(done)
            tally.add(ClipOutcome(clip, done, isNew: false), of: clip)
        case .run:
            waiting.append((clip, 1))
            tally.await(clip)
        }
    }

    private func takeArrivals(_ watched: inout WatchedFolders, _ decisions: Decisions, _ journal: Journal) throws {
        for found in watched.arrivals(now: elapsedSeconds, clips: { plan.clips(of: $0) }, notice: notice) {
            let clip: BulkClip
            do throws(MatteError) {
                clip = try self.plan.clip(for: found)
            } catch {
                fail(error)
                continue
            }
            if waiting.contains(where: { $0.clip.name == clip.name }) { continue }
            if active.contains(where: { $0.clip.name == clip.name }) {
                // Written again while a worker reads it: that attempt will fail, and this one comes after it.
                waiting.append((clip, 1))
                tally.await(clip)
            } else {
                try sort(clip, decisions, journal)
            }
        }
    }

    private func fail(_ problem: MatteError) {
        let outcome = ClipOutcome(input: problem.message, outputs: [], failure: WorkerFailure(problem), attempts: 0)
        tally.add(outcome, of: nil)
        tell(.ended(outcome))
    }

    // MARK: doing it

    /// One more worker: for a clip that is at work in chunks, or for the next one.
    ///
    /// - Returns: false where nothing can be started now.
    private func startWorker(_ around: ClipWork.Surroundings) -> Bool {
        active.contains { $0.startWorker(threads: threads) } || startNext(around)
    }

    /// Of the network of a worker that begins now.
    private var threads: Int {
        parallelism.threads(demand: waiting.count + active.reduce(0) { $0 + $1.demand })
    }

    private func readAhead(_ around: ClipWork.Surroundings) {
        for (clip, _) in waiting.prefix(parallelism.jobs) where ahead[clip.input] == nil {
            let known = around.journal.histories[clip.name]?.content
            ahead[clip.input] = DigestTask(clip.input, known: known, wake: around.wake)
        }
    }

    private func startNext(_ around: ClipWork.Surroundings) -> Bool {
        let next = waiting.firstIndex { entry in !active.contains { $0.clip.name == entry.clip.name } }
        guard let next else { return false }
        let (clip, attempt) = waiting.remove(at: next)
        let mayBeCut = parallelism.jobs > 1 && tally.wouldBeLast(clip, active: active, jobs: parallelism.jobs)
        let digest = ahead.removeValue(forKey: clip.input)
        active.append(ClipWork(clip, attempt: attempt, digest: digest, mayBeCut: mayBeCut, around))
        tell(.started(input: clip.input, output: clip.name, attempt: attempt))
        return true
    }

    /// Waits until something happens, for a moment at most, and takes note of it.
    private func advance(_ wake: WakePipe) throws {
        thumbnails?.advance(isLast: active.isEmpty && options.watched.isEmpty)
        let isEnding = active.contains { $0.isEnding } || thumbnails?.isEnding ?? false
        Polling.wait(
            for: [wake.descriptor] + active.flatMap(\.descriptors) + (thumbnails?.descriptors ?? []),
            milliseconds: isEnding ? 2 : 100)
        wake.clear()
        for work in active {
            guard let outcome = try work.advance(threads: threads) else { continue }
            active.removeAll { $0 === work }
            if outcome.status == .failed, work.isStopped { continue }
            if outcome.isWorthRetrying == true, work.attempt <= options.retries {
                waiting.append((work.clip, work.attempt + 1))
                tell(.retrying(outcome))
            } else {
                if outcome.status == .done {
                    thumbnails?.add(outcome, of: work.clip, isShown: tally.outcomes.count < Thumbnails.most)
                }
                tally.add(outcome, of: work.clip, wasAwaited: true)
                tell(.ended(outcome))
            }
        }
    }

    private func stopAll(_ wake: WakePipe) throws {
        for work in active { work.stop() }
        let start = elapsedSeconds
        while !active.isEmpty {
            if elapsedSeconds - start > Self.graceSeconds { for work in active { work.kill() } }
            try advance(wake)
        }
    }

    private func tellProgress() {
        let now = elapsedSeconds
        guard now - lastTold >= Self.tellSeconds else { return }
        lastTold = now
        tell(.progress(tally.progress(of: active, total: plan.clips.count, elapsedSeconds: now)))
    }
}
