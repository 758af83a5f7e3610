import ArgumentParser
import Dispatch
import Foundation
import Live
import MatteKit

/// `matte live`.
struct LiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live",
        abstract: "Shows the camera, without the room, as a virtual camera.",
        discussion: """
            Until the matte is certain, and whenever something fails, a standby card is shown and not the camera's \
            picture. 'matte ctl' changes what a running show does; Ctrl-C ends it, SIGHUP reads the preset again.
            """)

    @OptionGroup(title: "Camera and output")
    var ends: LiveEndsArguments

    @Option(help: ArgumentHelp("Options from a preset's name or file; options given here win.", valueName: "name"))
    var preset: String?

    @OptionGroup(title: "Matting")
    var mattingArguments: MattingArguments

    @OptionGroup(title: "Compositing")
    var picture: LivePictureArguments

    @OptionGroup(title: "Reporting")
    var console: ConsoleArguments

    @Option(
        help: ArgumentHelp(
            "Show the output here too: terminal, with sixel or blocks as it can, or window (with ffplay).",
            valueName: "where"))
    var preview: PreviewKind?

    @Option(help: ArgumentHelp("Write the show's figures as JSON at its end.", valueName: "file"))
    var stats: String?

    @Option(
        help: ArgumentHelp(
            "Socket for 'matte ctl', or none. (default: matte-live.sock in $XDG_RUNTIME_DIR)", valueName: "path"))
    var control: String?

    @Flag(help: "Make a virtual camera, or print how it is made, and end.")
    var setup = false

    func run() throws {
        if setup { return try LiveSetupText.print(for: ends.output) }
        if console.json, ends.output == "-" {
            throw MatteError(
                .usage, "--json and the output '-' both want standard output", advice: "write to a file or a device")
        }
        // Until the show is there to read its preset again, a wish for that is remembered.
        let reload = SignalHandler(SIGHUP)
        let environment = ProcessInfo.processInfo.environment
        let console = Console(quiet: console.quiet, json: console.json)
        let service = ServiceNotifier(environment: environment)
        let options = try liveOptions(environment: environment, console: console)
        let settings = mattingArguments.settings + picture.settings + ends.settings
        let preview = try preview?.open(notice: { console.notice($0) })
        let job = try LiveJob(
            options,
            settings: { preset in
                var run = LiveOptions.usualRunOptions
                if let preset { try PresetLibrary().preset(preset).apply(to: &run) }
                try settings.apply(to: &run)
                return run
            }, service: service, observe: { preview?.show($0) }, notice: { console.notice($0) })
        let interrupt = InterruptHandler { job.stop() }
        reload.handle { job.reload() }
        let reporter = LiveReporter(console: console, service: service) { job.status }
        defer {
            interrupt.stop()
            reload.stop()
        }
        do {
            try job.run()
            reporter.stop()
            if let stats { try StatisticsFile.write(try job.status.json(indented: true) + "\n", to: stats) }
            console.finished(job.status)
        } catch {
            reporter.stop()
            console.clear()
            throw error
        }
    }

    private func liveOptions(environment: [String: String], console: Console) throws -> LiveOptions {
        var options = try ends.options()
        options.preset = preset
        options.guardArguments = [GuardCommand.name]
        options.isMirrored = picture.mirror
        try picture.apply(to: &options.standby)
        // Whoever asks for a ratio gets it, unless they ask for a rate as well.
        if mattingArguments.ratio != nil, ends.targetFps == nil { options.targetRate = nil }
        switch control ?? ControlPath.usual(environment: environment) {
        case "none": break
        case let path?: options.controlPath = path
        case nil: console.notice("XDG_RUNTIME_DIR is not set, so 'matte ctl' cannot reach this show; give --control")
        }
        return options
    }
}
