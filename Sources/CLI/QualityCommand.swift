import ArgumentParser
import MatteKit

/// `matte qc CLIP`.
struct QualityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qc",
        abstract: "Finds frames whose mattes look wrong, without the true ones.",
        discussion: """
            CLIP is an alpha clip, or a clip with alpha: a file, a folder of pictures or a pattern. Flagged are flicker \
            (something there or missing in one frame only), holes that opened amid the subject, jumps (much of the \
            subject comes or goes at once), and frames that touch a side of the picture which the subject keeps away \
            from otherwise. With --source, changes at that clip's scene cuts are no faults.
            """)

    @Argument(help: "The mattes.")
    var clip: String

    @Option(help: ArgumentHelp("The clip that was matted.", valueName: "clip"))
    var source: String?

    @Option(help: ArgumentHelp("Draw the ten worst frames.", valueName: "file"))
    var contactSheet: String?

    @Flag(help: "Print everything that was measured as JSON.")
    var json = false

    @Flag(help: "Exit status 65 where something is flagged.")
    var strict = false

    @Flag(help: "Replace a contact sheet that exists.")
    var overwrite = false

    @Flag(help: "Say nothing but errors.")
    var quiet = false

    func run() throws {
        let console = Console(quiet: quiet)
        var options = QualityOptions(clip: clip)
        options.source = source
        options.contactSheet = contactSheet
        options.overwrite = overwrite
        let stop = InterruptFlag()
        let job = QualityJob(options, isCancelled: { stop.isSet }, notice: { console.notice($0) })
        do {
            let report = try job.run { console.counted($0, of: $1) }
            console.clear()
            print(json ? try report.json() : QualityText(report).text)
            if strict, report.flaggedFrames > 0 {
                throw MatteError(
                    .badInput, "\(report.flaggedFrames) of \(report.frameCount) frames of '\(clip)' are flagged")
            }
        } catch {
            console.clear()
            throw error
        }
    }
}
