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

    @OptionGroup
    var arguments: RunArguments

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    @Option(help: ArgumentHelp("Write times, queues and memory of the run as JSON.", valueName: "file"))
    var stats: String?

    @Flag(help: "Look at the mattes on the way as `matte qc` does, and say what it flags.")
    var qc = false

    @Flag(help: "End as by Ctrl-C when standard input does: for programs that start this one, and may be killed.")
    var stopAtEof = false

    @Option(help: .hidden)
    var set: [String] = []

    @OptionGroup var workerArguments: WorkerArguments

    /// Where a worker of `matte bulk` leaves a picture for the report.
    @Option(help: .hidden)
    var thumbnail: String?

    func run() throws {
        if self.console.json, output == "-" {
            throw MatteError(
                .usage, "--json and the output '-' both want standard output", advice: "write the clip to a file")
        }
        if stopAtEof, input == "-" {
            throw MatteError(
                .usage, "--stop-at-eof and the input '-' both want standard input", advice: "read the clip from a file")
        }
        workerArguments.begin()
        let console = Console(quiet: console.quiet, json: console.json)
        let options = try options()
        try checkStats(options)
        let job = MatteJob(
            options, inspectsQuality: qc, thumbnail: thumbnail, notice: { console.notice($0) })
        let interrupt = InterruptHandler { job.cancel() }
        defer { interrupt.stop() }
        if stopAtEof { InputEnd.watch { job.cancel() } }
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
        try arguments.settings().apply(to: &options)
        options.inference.findings = workerArguments.findings
        // What `matte bulk` says to its workers: any option by its name in presets.
        for text in set {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            try [Setting(name: parts[0], value: parts.count > 1 ? parts[1] : "")].apply(to: &options) { "--set \($0)" }
        }
        return options
    }

    /// The statistics would be written over a clip.
    private func checkStats(_ options: RunOptions) throws {
        let clips = [options.input] + options.outputs
        guard let stats, clips.contains(where: { RunOptions.isSameFile($0, stats) }) else { return }
        throw MatteError(.usage, "--stats: '\(stats)' is the input or an output", advice: "choose another name")
    }
}
