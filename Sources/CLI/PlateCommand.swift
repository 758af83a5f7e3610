import ArgumentParser
import MatteKit

/// `matte plate INPUT -o plate.png`.
struct PlateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plate",
        abstract: "Makes a clean plate: one picture of the empty room, for --plate.",
        discussion: """
            INPUT is a clip of the room without anybody in it, a second or more. The plate is its median over time, so \
            what passes by quickly is not in it. A camera that moves a little is followed.
            """)

    @Argument(help: "The clip.")
    var input: String

    @Option(name: [.short, .long], help: ArgumentHelp("Where the picture goes.", valueName: "file"))
    var output: String

    // Also by the names that `matte run` has, which messages use.
    @Option(name: [.long, .customLong("start")], help: ArgumentHelp("Begin at this time.", valueName: "time"))
    var from: String?

    @Option(name: [.long, .customLong("end")], help: ArgumentHelp("End before this time.", valueName: "time"))
    var to: String?

    @Flag(help: "Replace a picture that exists.")
    var overwrite = false

    @OptionGroup
    var console: ConsoleArguments

    func run() throws {
        let console = Console(quiet: console.quiet, json: console.json)
        var options = RunOptions(input: input, output: output)
        try ([Setting](["start": from, "end": to]) + .flag("overwrite", overwrite)).apply(to: &options)
        let job = PlateJob(options, notice: { console.notice($0) })
        let interrupt = InterruptHandler { job.cancel() }
        defer { interrupt.stop() }
        try job.run()
        console.say(line: "the plate is at \(output)")
    }
}
