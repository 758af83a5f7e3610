import ArgumentParser
import MatteKit

/// `matte image IN… -o OUT`.
struct ImageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Mattes pictures: JPEG, PNG, WebP, TIFF.",
        discussion: """
            IN are pictures and folders of pictures; OUT is a picture's name for one of them, else a folder, in which \
            each keeps its name. Pictures are turned upright as their EXIF says, and keep their bit depth and ICC \
            profile. Trimaps and strokes may be one for all pictures, or a folder in which each has the picture's name, \
            whatever its kind. A picture that fails is named and left out; the others are written, and the exit status \
            tells.
            """)

    @Argument(help: ArgumentHelp("Pictures, and folders of pictures.", valueName: "in"))
    var inputs: [String]

    @Option(name: [.short, .long], help: ArgumentHelp("A picture's name, or a folder.", valueName: "out"))
    var output: String

    @Option(
        help: ArgumentHelp(
            """
            png, jpeg, webp or tiff, for pictures in a folder. (default: as the input, or png where that cannot hold \
            alpha)
            """, valueName: "kind"))
    var format: String?

    @Option(
        help: ArgumentHelp("Also draw source, alpha, foreground and result of each side by side.", valueName: "file"))
    var contactSheet: String?

    @Option(help: ArgumentHelp("Options from a preset's name or file; options given here win.", valueName: "name"))
    var preset: String?

    @OptionGroup(title: "Matting")
    var mattingArguments: MattingArguments

    @OptionGroup(title: "Trimaps")
    var trimapArguments: TrimapArguments

    @OptionGroup(title: "Compositing")
    var compositingArguments: CompositingArguments

    @OptionGroup(title: "Output")
    var outputArguments: OutputArguments

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    func run() throws {
        let console = Console(quiet: console.quiet, json: console.json)
        var options = ImageOptions(inputs: inputs, output: output)
        options.format = try format.map(Self.pictureFormat)
        options.contactSheet = contactSheet
        if let preset { try PresetLibrary().preset(preset).apply(to: &options.run) }
        let settings =
            mattingArguments.settings + trimapArguments.settings + compositingArguments.settings
            + outputArguments.settings
        try settings.apply(to: &options.run)
        let job = ImageJob(options, notice: { console.notice($0) })
        let interrupt = InterruptHandler { job.cancel() }
        defer { interrupt.stop() }
        var count = 0
        do {
            let report = try job.run { picture, all in
                count += 1
                console.done(picture, count, of: all)
            }
            console.finished(report, at: output)
            if let error = report.error { throw error }
        } catch {
            console.clear()
            throw error
        }
    }

    private static func pictureFormat(_ name: String) throws(MatteError) -> PictureFormat {
        if let format = PictureFormat(fileExtension: name) { return format }
        let names = PictureFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw MatteError(.usage, "--format: '\(name)' is not one of \(names)")
    }
}
