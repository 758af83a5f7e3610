import ArgumentParser
import MatteKit
import Shards

/// `matte merge PLAN`.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Joins the finished shards of a plan into its results.",
        discussion: """
            Nothing is encoded again; sound, subtitles and chapters come from the original. Every clip of which all \
            shards are done is completed, and the others are named. Exit status: 0 all clips are complete, 66 a shard \
            is missing.
            """)

    @Argument(help: "The plan's folder.")
    var plan: String

    @Flag(help: "First wait until every shard is done or has failed for good.")
    var wait = false

    @Flag(help: "Replace files that have the results' names.")
    var overwrite = false

    @Flag(help: .hidden)
    var stopAtEof = false

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    func run() throws {
        let console = Console(quiet: console.quiet, json: console.json)
        let stop = InterruptFlag(stopsAtEof: stopAtEof)
        let plan = try ShardPlan(folder: plan)
        if wait { _ = try PlanWait.untilSettled(plan, isCancelled: { stop.isSet }) }
        let merger = PlanMerger(
            plan, overwrite: overwrite, isCancelled: { stop.isSet }, notice: { console.notice($0) })
        let isJSON = self.console.json
        let report = merger.run { output in
            if isJSON {
                JSONLines.write(Event(output: output))
            } else {
                console.say(line: "'\(output)' is complete")
            }
        }
        let total = report.merged.count + report.wereMerged
        guard let first = report.failures.first else {
            guard !isJSON else { return }
            console.say(line: "\(total) of \(total) clips of '\(plan.folder)' are complete")
            return
        }
        for failure in report.failures.dropFirst() { console.notice(failure.description) }
        throw first
    }

    private struct Event: Encodable {
        var event = "merged"
        let output: String
    }
}
