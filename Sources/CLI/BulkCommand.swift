import ArgumentParser
import Bulk
import MatteKit

/// `matte bulk INPUTS… -o DIR`.
struct BulkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulk",
        abstract: "Mattes many clips, several at a time, and goes on where it was stopped.",
        discussion: """
            INPUTS are files, folders (with all below them) and quoted patterns such as 'shoot/*/take*.mp4'. Each clip \
            runs in a process of its own; one that fails is recorded, and the others go on. The same command again \
            does only what is missing, or whose input, options, model or program changed. The output folder gets a \
            journal, report.json and report.html. In the values of options, {stem}, {name} and {ext} stand for parts \
            of the clip's name. Exit status: 0 all done, 75 something failed that may pass another time, 65 only bad \
            inputs failed, 130 interrupted.
            """)

    @Argument(help: "Files, folders or patterns.")
    var inputs: [String] = []

    @Option(name: [.short, .long], help: ArgumentHelp("Where the results go.", valueName: "folder"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "Clips from a list: CSV with a first line of names, or JSON Lines; 'input', 'output' and any option.",
            valueName: "file"))
    var manifest: String?

    @Option(help: ArgumentHelp("Go on with clips that arrive in this folder; may be repeated.", valueName: "folder"))
    var watch: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Begin a clip that arrives when it was still for this long, and call none bad that was written more lately. \
            (default: 5)
            """, valueName: "seconds"))
    var settle: Double?

    @Option(
        help: ArgumentHelp(
            "Take these files of folders, such as '*.mov' or 'day1/*'; may be repeated. (default: videos)",
            valueName: "pattern"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Leave these files of folders out; may be repeated.", valueName: "pattern"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp(
            "How results are called, below the folders of their inputs. (default: {stem}_matte.{ext})",
            valueName: "pattern"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            """
            Cut clips longer than one and a half of this at scene cuts, and do the chunks side by side, where cores \
            would be idle otherwise; a time such as 5m, or none.
            """, valueName: "time"))
    var chunk = OptionalDuration(seconds: 60)

    @Flag(
        help: """
            Cut shots without a scene cut into chunks too. Workers then find out how far before such a cut they have to \
            begin so that alpha differs from one long run's by no more than 1/255 on 99.9 % of the pixels; where the \
            model forgets slowly, as the built-in one does, that is the shot's beginning, and nothing is won.
            """)
    var splitShots = false

    @Option(
        help: ArgumentHelp(
            "Clips, or chunks of them, side by side. (default: one per core, as far as memory goes)", valueName: "count"
        ))
    var jobs: Int?

    @Option(help: ArgumentHelp("Try a clip again that may pass another time.", valueName: "count"))
    var retries = 0

    @Option(
        help: ArgumentHelp(
            """
            End a worker that says nothing and uses no processor for this long; its clip failed then, and is worth another \
            attempt. A time such as 10m, or none.
            """, valueName: "time"))
    var stall = OptionalDuration(seconds: 1800)

    @Flag(help: "Print what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup
    var arguments: RunArguments

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    func validate() throws {
        guard jobs.map({ (1...256).contains($0) }) ?? true else { throw ValidationError("--jobs takes 1 to 256") }
        guard chunk.seconds.map({ $0 >= 1 }) ?? true else { throw ValidationError("--chunk takes a second or more") }
        guard (0...100).contains(retries) else { throw ValidationError("--retries takes 0 to 100") }
        guard settle.map({ (0...86400).contains($0) }) ?? true else {
            throw ValidationError("--settle takes 0 to 86400 seconds")
        }
    }

    func run() throws {
        let console = BulkConsole(quiet: console.quiet, json: console.json)
        let run = try BulkRun(options(), notice: { console.tell(.notice($0)) }, tell: { console.tell($0) })
        if dryRun {
            console.show(try run.forecast())
            return
        }
        let stop = InterruptFlag()
        do {
            let report = try run.run(isCancelled: { stop.isSet })
            console.finished(report, folder: output)
            if let verdict = report.verdict(folder: output) { throw verdict }
        } catch {
            console.clear()
            throw error
        }
    }

    private func options() throws -> BulkOptions {
        var options = BulkOptions(folder: output, version: Version.text)
        options.inputs = inputs
        options.include = include
        options.exclude = exclude
        options.manifest = manifest
        options.watched = watch
        if let settle { options.settleSeconds = settle }
        options.name = name
        options.jobs = jobs
        options.chunkSeconds = chunk.seconds
        options.splitsShots = splitShots
        options.retries = retries
        options.stallSeconds = stall.seconds
        options.settings = try arguments.settings()
        return options
    }
}
