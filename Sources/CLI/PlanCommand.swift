import ArgumentParser
import Bulk
import Foundation
import MatteKit
import Shards

/// `matte plan INPUTS… -o PLAN`.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Cuts clips into shards that many processes or machines can work on.",
        discussion: """
            PLAN is a new folder that all workers must see under the same path, as they must the inputs. Clips longer \
            than one and a half chunks are cut at scene cuts, where a run begins afresh anyway, so that the result is \
            the same, bit by bit, before it is encoded. Then `matte work PLAN --shard N` does one shard, `matte \
            status PLAN` counts, and `matte merge PLAN` joins.
            """)

    @Argument(help: "Files, folders or patterns.")
    var inputs: [String] = []

    @Option(name: [.short, .long], help: ArgumentHelp("The plan's folder, which must not exist.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("Where the results go. (default: PLAN/results)", valueName: "folder"))
    var results: String?

    @Option(help: ArgumentHelp("Clips from a list, as `matte bulk` takes it.", valueName: "file"))
    var manifest: String?

    @Option(help: ArgumentHelp("How results are called. (default: {stem}_matte.{ext})", valueName: "pattern"))
    var name: String?

    @Option(help: ArgumentHelp("Take these files of folders; may be repeated. (default: videos)", valueName: "pattern"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Leave these files of folders out; may be repeated.", valueName: "pattern"))
    var exclude: [String] = []

    @Option(help: ArgumentHelp("How long a chunk should be, such as 90s or 5m.", valueName: "time"))
    var chunk = PlainDuration(seconds: 60)

    @Option(
        help: ArgumentHelp("How often the work on a chunk is kept, should its worker be stopped.", valueName: "time"))
    var checkpoint = PlainDuration(seconds: 10)

    @Flag(
        help: """
            Cut shots without a scene cut too. Workers then find out how far before such a cut they have to begin so that \
            alpha differs from one long run's by no more than 1/255 on 99.9 % of the pixels; where the model forgets \
            slowly, as the built-in one does, that is the shot's beginning, and nothing is won.
            """)
    var splitShots = false

    /// What `matte bulk` asks for: a plan of one clip as JSON, if it can be cut.
    @Option(help: .hidden)
    var request: String?

    /// Only says what the requested plan would come to.
    @Flag(help: .hidden)
    var forecast = false

    @Flag(help: .hidden)
    var stopAtEof = false

    @OptionGroup
    var arguments: RunArguments

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    func run() throws {
        let console = Console(quiet: console.quiet, json: console.json)
        let stop = InterruptFlag(stopsAtEof: stopAtEof)
        let request = try request(console)
        var outlook: ClipOutlook?
        if self.request != nil, let clip = request.clips.first {
            let found = ClipOutlook(of: clip, chunkSeconds: request.chunkSeconds, isCancelled: { stop.isSet })
            JSONLines.write(found.forecast)
            if forecast || found.forecast.chunks == nil { return }
            outlook = found
        }
        let planner = Planner(request, isCancelled: { stop.isSet }, notice: { console.notice($0) })
        let plan = try planner.make(outlook)
        if self.console.json {
            JSONLines.write(Event(plan: plan.folder, clips: plan.clips.count, shards: plan.shardCount))
        } else {
            console.say(line: Self.words(plan))
        }
    }

    private struct Event: Encodable {
        var event = "planned"
        let plan: String
        let clips: Int
        let shards: Int
    }

    private static func words(_ plan: ShardPlan) -> String {
        let begins = plan.clips.flatMap { $0.chunks.dropFirst() }
        let split = begins.count { !$0.isExact }
        var words = "\(plan.shardCount) shards of \(plan.clips.count) clips, numbered from 0, in '\(plan.folder)'"
        if !begins.isEmpty { words += "; \(begins.count - split) cuts between shots, \(split) within" }
        return words
    }

    private func request(_ console: Console) throws -> PlanRequest {
        if let request { return try PlanRequest(json: request) }
        let results = results ?? FilePath.join(output, "results")
        var options = BulkOptions(folder: results, version: Version.text)
        options.inputs = inputs
        options.include = include
        options.exclude = exclude
        options.manifest = manifest
        options.name = name
        options.settings = try arguments.settings()
        let found = try BulkPlan(options, notice: { console.notice($0) })
        if let problem = found.problems.first { throw problem }
        let clips = found.clips.map { clip in
            PlanRequest.Clip(
                input: clip.input, output: FilePath.join(results, clip.name),
                settings: clip.settings.map { setting in
                    let isOutput = Setting.outputs.contains(setting.name)
                    return isOutput
                        ? Setting(name: setting.name, value: FilePath.join(results, setting.value)) : setting
                })
        }
        var request = PlanRequest(folder: output, clips: clips, program: Version.text)
        request.chunkSeconds = chunk.seconds
        request.checkpointSeconds = checkpoint.seconds
        request.splitsShots = splitShots
        return request
    }
}
