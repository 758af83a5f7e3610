import ArgumentParser
import MatteKit
import Shards

/// `matte status PLAN`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Counts what of a plan is done, failed and missing.",
        discussion: """
            Reads the plan's files alone, so it is right whatever the scheduler believes. Exit status: 0; with --wait, \
            0 all shards are done, 65 one has failed for good, 75 time is over.
            """)

    @Argument(help: "The plan's folder.")
    var plan: String

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Wait until every shard is done or has failed for good.")
    var wait = false

    @Option(help: ArgumentHelp("Wait no longer than this, such as 90m.", valueName: "time"))
    var timeout: PlainDuration?

    func validate() throws {
        guard wait || timeout == nil else { throw ValidationError("--timeout goes with --wait") }
    }

    func run() throws {
        let plan = try ShardPlan(folder: plan)
        guard wait else { return try show(PlanStatus(of: plan)) }
        let stop = InterruptFlag()
        let status = try PlanWait.untilSettled(
            plan, timeoutSeconds: timeout?.seconds, isCancelled: { stop.isSet })
        try show(status)
        if let verdict = status.verdict { throw verdict }
    }

    private func show(_ status: PlanStatus) throws {
        guard !json else {
            print(try status.json())
            return
        }
        print("\(status.done) of \(status.shards) shards done, \(status.failed) failed, \(status.missing) missing")
        print("\(status.merged) of \(status.clips) clips complete")
        for failure in status.failures {
            let verdict = failure.isWorthRetrying ? "may pass" : "will not pass"
            print("shard \(failure.shard) failed on \(failure.host) and \(verdict) another time: \(failure.message)")
        }
    }
}
