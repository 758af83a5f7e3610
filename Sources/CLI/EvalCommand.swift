import ArgumentParser
import MatteKit

/// `matte eval PREDICTED TRUE`.
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measures mattes against the true ones.",
        discussion: """
            PREDICTED and TRUE are clips, folders of pictures, patterns such as alpha/%05d.png, or pictures. Their alpha \
            counts where they have one, else their grey. Printed are means over the frames, scaled as in the paper of \
            Robust Video Matting: MAD and MSE times 1000, Grad, Conn and SAD divided by 1000, dtSSD times 100, and the \
            mean squared error of the subject's colours times 1000 where there are colours to compare.
            """)

    @Argument(help: "The mattes to be judged.")
    var predicted: String

    @Argument(help: "The true mattes: as many, of the same size.")
    var `true`: String

    @Option(
        help: ArgumentHelp(
            "Count errors only where this trimap is unknown (128): a picture, or one for each frame.", valueName: "path"
        ))
    var trimap: String?

    @Option(help: ArgumentHelp("The predicted colours, where they are files of their own.", valueName: "path"))
    var foreground: String?

    @Option(help: ArgumentHelp("The true colours, where they are files of their own.", valueName: "path"))
    var trueForeground: String?

    @Option(help: ArgumentHelp("Compare this many frames at most.", valueName: "count"))
    var frames: Int?

    @Flag(help: "Print the errors of every frame and their means as JSON.")
    var json = false

    @Flag(help: "Print the errors of every frame as comma-separated values.")
    var csv = false

    @Option(
        help: ArgumentHelp("Draw the errors over time, and the worst frames beside their truth.", valueName: "file"))
    var plot: String?

    @Flag(help: "Replace a plot that exists.")
    var overwrite = false

    @Flag(help: "Say nothing but errors.")
    var quiet = false

    func validate() throws {
        if json, csv { throw ValidationError("--json and --csv both want standard output") }
        if let frames, frames < 1 { throw ValidationError("--frames must be 1 or more") }
    }

    func run() throws {
        let console = Console(quiet: quiet)
        var options = EvaluationOptions(predicted: predicted, truth: `true`)
        options.trimap = trimap
        options.predictedForeground = foreground
        options.trueForeground = trueForeground
        options.frameLimit = frames
        options.plot = plot
        options.overwrite = overwrite
        let stop = InterruptFlag()
        let job = EvaluationJob(options, isCancelled: { stop.isSet }, notice: { console.notice($0) })
        do {
            let report = try job.run { console.counted($0, of: $1) }
            console.clear()
            print(json ? try report.json() : csv ? report.csv : EvaluationText(report).text)
        } catch {
            console.clear()
            throw error
        }
    }
}
