internal import Foundation
internal import Frames
internal import MatteKit
internal import Shards

/// A part of the work on one clip: the program itself, with `--json`, in a process of its own, so that a crash is that
/// clip's alone.
///
/// Used by one thread, which asks `poll()` again and again.
final class Worker {
    /// What all workers of a run share.
    struct Place {
        let program: String
        /// The read end of a pipe that ends with this program. Workers stop when it does.
        let lifeline: Int32
        /// Kept by workers for as long as they live; nil where nothing is written.
        let lock: FolderLock?
        /// Nil where nothing is matted.
        var run: RunFolder?
        /// For how long a worker may do nothing; nil waits for ever.
        var stallSeconds: Double?
    }

    /// The last of these lines say why it failed.
    private static let keptErrors = 20

    private let process: ChildProcess
    private let begin = ContinuousClock.now
    private var output = LineReader()
    private var errors = LineReader()
    private var errorLines: [String] = []
    private let decoder = JSONDecoder()
    /// The newest.
    private(set) var progress: RunEvent?
    private(set) var notices: [String] = []
    /// Of a planner.
    private(set) var forecast: ChunkForecast?
    private var summary: RunSummary?
    private var isStopping = false
    private var watch: StallWatch
    /// Set when it was ended because it hung.
    private var hangFailure: WorkerFailure?

    /// - Parameter arguments: of the program; with `--json` and `--stop-at-eof`.
    init(_ arguments: [String], _ place: Place) throws(MatteError) {
        process = try ChildProcess(
            program: place.program, arguments: arguments, input: place.lifeline,
            kept: place.lock?.descriptor ?? place.lifeline)
        watch = StallWatch(limitSeconds: place.stallSeconds)
    }

    /// A planner.
    ///
    /// - Parameter onlyForecasts: whether it writes no plan.
    convenience init(planning request: PlanRequest, onlyForecasts: Bool = false, _ place: Place) throws {
        try self.init(
            ["plan", "--request", request.json, "--output", request.folder, "--json", "--stop-at-eof"]
                + (onlyForecasts ? ["--forecast"] : []), place)
    }

    /// Outcomes: nil while it works.
    func poll() -> Result<RunSummary?, WorkerFailure>? {
        // The end of the process first: what it wrote before is in the pipes then.
        let exit = process.exitIfOver()
        let lines = output.lines(from: process.output)
        let words = errors.lines(from: process.errors).filter { !$0.isEmpty }
        for line in lines { take(line) }
        errorLines = (errorLines + words).suffix(Self.keptErrors)
        guard let exit else {
            endIfStalled(hasSpoken: !lines.isEmpty || !words.isEmpty)
            return nil
        }
        if exit == .status(0) { return .success(summary) }
        return .failure(hangFailure ?? WorkerFailure(exit, errors: errorLines))
    }

    private func endIfStalled(hasSpoken: Bool) {
        let now = begin.duration(to: .now) / .seconds(1)
        guard hangFailure == nil, watch.isStalled(now: now, usedSeconds: process.usedSeconds, hasSpoken: hasSpoken)
        else { return }
        guard process.isHeld == false else { return watch.forgive() }
        hangFailure = WorkerFailure(stalledSeconds: watch.limitSeconds ?? 0)
        kill()
    }

    /// To wait for, with `Polling.wait`.
    var descriptors: [Int32] {
        (output.isAtEnd ? [] : [process.output]) + (errors.isAtEnd ? [] : [process.errors])
    }

    /// Asks it to end. Once: a second signal would end it before it has tidied up.
    func stop() {
        if !isStopping { process.send(SIGTERM) }
        isStopping = true
    }

    func kill() { process.send(SIGKILL) }

    private func take(_ line: String) {
        let line = Data(line.utf8)
        guard let event = try? decoder.decode(RunEvent.self, from: line) else {
            forecast = (try? decoder.decode(ChunkForecast.self, from: line)) ?? forecast
            return
        }
        switch event.event {
        case .progress: progress = event
        case .notice: if let message = event.message { notices.append(message) }
        case .done: summary = event.summary
        }
    }
}
