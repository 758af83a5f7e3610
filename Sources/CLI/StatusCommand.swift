import ArgumentParser
import MatteKit
import Shards

/// `matte status PLAN`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Counts what of a plan is done, failed and missing.",
        discussion: "Reads the plan's files alone, so it is right whatever the scheduler believes.")

    @Argument(help: "The plan's folder.")
    var plan: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let status = PlanStatus(of: try ShardPlan(folder: plan))
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
