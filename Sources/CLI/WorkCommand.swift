import ArgumentParser
import Foundation
import MatteKit
import Shards

/// `matte work PLAN --shard N`.
struct WorkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Does one shard of a plan.",
        discussion: """
            Shards are counted from 0. Exit status: 0 done, or already done; 64, 65, 66 and 78 (another version or \
            model than the plan's): do not try again; 75: try again. SIGTERM and Ctrl-C stop at a frame with 75; what \
            is finished is kept, and the next attempt goes on from there. Any number of workers may run at a time.
            """)

    @Argument(help: "The plan's folder.")
    var plan: String

    @Option(
        help: ArgumentHelp(
            "Number of the shard. (default: SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX)",
            valueName: "number"))
    var shard: Int?

    @Option(help: ArgumentHelp("Threads of the network on this machine. (default: the plan's)", valueName: "count"))
    var threads: Int?

    @Flag(help: "Look at the mattes on the way as `matte qc` does; what it flags is kept with the shard.")
    var qc = false

    @OptionGroup var workerArguments: WorkerArguments

    @Flag(help: "End as by SIGTERM when standard input does: for programs that start this one, and may be killed.")
    var stopAtEof = false

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    func validate() throws {
        guard threads.map({ (1...1024).contains($0) }) ?? true else {
            throw ValidationError("--threads takes 1 to 1024")
        }
    }

    func run() throws {
        workerArguments.begin()
        let console = Console(quiet: console.quiet, json: console.json)
        let asked = try ShardEnvironment(ProcessInfo.processInfo.environment)
        guard let shard = shard ?? asked.shard else {
            throw MatteError(
                .usage, "no shard was named",
                advice: "give --shard, or one of \(ShardEnvironment.shardVariables.joined(separator: ", "))")
        }
        let worker = try ShardWorker(
            ShardPlan(folder: plan), shard: shard, attempt: asked.attempt, program: Version.text, threads: threads,
            findings: workerArguments.findings, inspectsQuality: qc, notice: { console.notice($0) })
        let interrupt = InterruptHandler(secondStatus: MatteError.Kind.tryAgain.rawValue) { worker.cancel() }
        defer { interrupt.stop() }
        if stopAtEof { InputEnd.watch { worker.cancel() } }
        do {
            let outcome = try worker.run(progress: { console.progress($0) })
            console.clear()
            if self.console.json { return JSONLines.write(Event(shard: shard, outcome)) }
            switch outcome {
            case .done(let frames, let warmUp):
                let words = warmUp.map { " after \(Self.words($0))" } ?? ""
                console.say(line: "shard \(shard) is done, \(frames) frames\(words)")
            case .wasDone: console.say(line: "shard \(shard) was done already")
            }
        } catch {
            console.clear()
            throw error
        }
    }

    private static func words(_ warmUp: SegmentWarmUp.Figures) -> String {
        "a warm-up of \(warmUp.frames)" + (warmUp.isExact ? ", from where the shot begins" : "")
    }

    /// The last line of `--json`.
    private struct Event: Encodable {
        var event = "done"
        let shard: Int
        /// Nil where it was done already.
        var frames: Int?
        /// Of a chunk that begins within a shot.
        var warmUp: SegmentWarmUp.Figures?

        init(shard: Int, _ outcome: ShardWorker.Outcome) {
            self.shard = shard
            if case .done(let frames, let warmUp) = outcome { (self.frames, self.warmUp) = (frames, warmUp) }
        }
    }
}
