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
    private(set) var plan: BulkPlan
    private var tally = Tally()
    private var waiting: [(clip: BulkClip, attempt: Int)] = []
    private var active: [ClipWork] = []
    private var lastTold = -Double.infinity

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
        let histories = try Journal.histories(in: options.folder, notice: { _ in })
        plan = try BulkPlan(options, products: Set(histories.keys), notice: notice)
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
        let journal = try Journal(folder: options.folder, notice: notice)
        // A power cut leaves no worker to tidy up, and the clip may not be among the inputs any more.
        for (name, history) in journal.histories where history.open != nil {
            Leftovers.remove(of: FileName.join(options.folder, name))
        }
        let decisions = Decisions(folder: options.folder, fingerprints: fingerprints)
        var watched = try WatchedFolders(options)
        for problem in plan.problems { fail(problem) }
        for clip in plan.clips where !isCancelled() { try sort(clip, decisions, journal) }
        tell(.planned(clips: plan.clips.count, already: tally.count(.already)))

        let parallelism = parallelism
        let (wake, lifeline) = (try WakePipe(), try Lifeline())
        let around = ClipWork.Surroundings(
            folder: options.folder, program: options.program, threads: parallelism.threads, journal: journal,
            fingerprints: fingerprints, wake: wake, lifeline: lifeline.descriptor, lock: lock)
        var hasNews = true
        do {
            while !isCancelled() {
                try takeArrivals(&watched, decisions, journal)
                while active.count < parallelism.jobs, !waiting.isEmpty { startNext(around) }
                if active.isEmpty {
                    if options.watched.isEmpty { break }
                    if hasNews { try report(isStopped: false).write(to: options.folder) }
                }
                hasNews = !active.isEmpty
                try advance(wake)
                tellProgress()
            }
        } catch {
            try? stopAll(wake)
            throw error
        }
        let isStopped = isCancelled()
        if isStopped { try stopAll(wake) }
        let report = report(isStopped: isStopped)
        try report.write(to: options.folder)
        return report
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

    private var parallelism: Parallelism {
        Parallelism(
            asked: options.jobs, clips: options.watched.isEmpty ? waiting.count : nil,
            device: options.settings.last { $0.name == "device" }?.value ?? "cpu")
    }

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
        let plan = plan
        for found in watched.arrivals(now: elapsedSeconds, isProduct: plan.isOutput, notice: notice) {
            do throws(MatteError) {
                let clip = try self.plan.clip(for: found)
                // One that is at work will say itself that its input changed.
                guard !active.contains(where: { $0.clip.name == clip.name }) else { continue }
                waiting.removeAll { $0.clip.name == clip.name }
                try sort(clip, decisions, journal)
            } catch {
                fail(error)
            }
        }
    }

    private func fail(_ problem: MatteError) {
        let outcome = ClipOutcome(input: problem.message, outputs: [], failure: WorkerFailure(problem), attempts: 0)
        tally.add(outcome, of: nil)
        tell(.ended(outcome))
    }

    // MARK: doing it

    private func startNext(_ around: ClipWork.Surroundings) {
        let (clip, attempt) = waiting.removeFirst()
        active.append(ClipWork(clip, attempt: attempt, around))
        tell(.started(input: clip.input, output: clip.name, attempt: attempt))
    }

    /// Waits until something happens, for a moment at most, and takes note of it.
    private func advance(_ wake: WakePipe) throws {
        let isEnding = active.contains { $0.isEnding }
        Descriptor.wait(
            for: [wake.descriptor] + active.flatMap(\.descriptors), milliseconds: isEnding ? 2 : 100)
        wake.clear()
        for work in active {
            guard let outcome = try work.advance() else { continue }
            active.removeAll { $0 === work }
            if outcome.status == .failed, work.isStopped { continue }
            if outcome.isWorthRetrying == true, work.attempt <= options.retries {
                waiting.append((work.clip, work.attempt + 1))
                tell(.retrying(outcome))
            } else {
                if outcome.status == .done { Thumbnails(folder: options.folder).prepare(outcome) }
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
