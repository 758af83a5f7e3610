import ArgumentParser
import Foundation
import MatteKit

/// `matte run INPUT -o OUTPUT`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Mattes one clip, picture or picture sequence.",
        discussion: """
            INPUT is a file, a folder of pictures, a pattern such as frames/%05d.png, or - for standard input. The \
            output's extension chooses container and codec; a pattern or a folder ending in / gives PNG pictures.
            """)

    @Argument(help: "The clip.")
    var input: String

    @Option(name: [.short, .long], help: ArgumentHelp("Where the result goes.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("Options from a preset's name or file; options given here win.", valueName: "name"))
    var preset: String?

    @OptionGroup(title: "Input")
    var inputArguments: InputArguments

    @OptionGroup(title: "Matting")
    var mattingArguments: MattingArguments

    @OptionGroup(title: "Compositing")
    var compositingArguments: CompositingArguments

    @OptionGroup(title: "Output")
    var outputArguments: OutputArguments

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    @Option(help: ArgumentHelp("Write times, queues and memory of the run as JSON.", valueName: "file"))
    var stats: String?

    func run() throws {
        if self.console.json, output == "-" {
            throw MatteError(
                .usage, "--json and the output '-' both want standard output", advice: "write the clip to a file")
        }
        let console = Console(quiet: console.quiet, json: console.json)
        let options = try options()
        try checkStats(options)
        let job = MatteJob(options, notice: { console.notice($0) })
        let interrupt = InterruptHandler { job.cancel() }
        defer { interrupt.stop() }
        do {
            let summary = try job.run(progress: { console.progress($0) })
            if let stats {
                try StatisticsFile.write(
                    try summary.json(indented: true) + "\n", to: stats, advice: "the clip itself is complete")
            }
            console.finished(summary)
        } catch {
            console.clear()
            throw error
        }
    }

    private func options() throws -> RunOptions {
        var options = RunOptions(input: input, output: output)
        if let preset { try PresetLibrary().preset(preset).apply(to: &options) }
        let settings =
            inputArguments.settings + mattingArguments.settings + compositingArguments.settings
            + outputArguments.settings
        try settings.apply(to: &options)
        return options
    }

    /// The statistics would be written over a clip.
    private func checkStats(_ options: RunOptions) throws {
        let clips = [options.input] + options.outputs
        guard let stats, clips.contains(where: { RunOptions.isSameFile($0, stats) }) else { return }
        throw MatteError(.usage, "--stats: '\(stats)' is the input or an output", advice: "choose another name")
    }
}
