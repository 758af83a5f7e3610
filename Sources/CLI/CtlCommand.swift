import ArgumentParser
import Foundation
import Live
import MatteKit

/// `matte ctl …`: changes what a running `matte live` does.
struct CtlCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ctl", abstract: "Changes what a running 'matte live' does.",
        subcommands: [
            Background.self, Preset.self, Pause.self, Resume.self, Mirror.self, Plate.self, Status.self, Quit.self,
        ])

    /// Where the show is.
    struct Socket: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "The show's socket. (default: matte-live.sock in $XDG_RUNTIME_DIR)", valueName: "path"))
        var control: String?

        @discardableResult
        func ask(_ command: ControlRequest.Command, _ value: String? = nil) throws -> ControlReply {
            let path = try ControlPath.find(control, environment: ProcessInfo.processInfo.environment)
            return try ControlClient.ask(ControlRequest(command, value: value), at: path)
        }
    }

    struct Background: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows another background, without a gap.")

        @Argument(help: "As for --background.")
        var spec: String

        @OptionGroup
        var socket: Socket

        func run() throws {
            // The show may run in another folder.
            let isFile = FileManager.default.fileExists(atPath: spec)
            try socket.ask(.background, isFile ? URL(fileURLWithPath: spec).path : spec)
        }
    }

    struct Preset: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes the options of another preset.")

        @Argument(help: "A preset's name or file.")
        var name: String

        @OptionGroup
        var socket: Socket

        func run() throws {
            // The show may run in another folder.
            let isFile = PresetLibrary.isPath(name) && FileManager.default.fileExists(atPath: name)
            try socket.ask(.preset, isFile ? URL(fileURLWithPath: name).path : name)
        }
    }

    struct Pause: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the standby card and closes the camera.")

        @OptionGroup
        var socket: Socket

        func run() throws { try socket.ask(.pause) }
    }

    struct Resume: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens the camera again.")

        @OptionGroup
        var socket: Socket

        func run() throws { try socket.ask(.resume) }
    }

    struct Mirror: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Turns the camera's picture left to right, or back.")

        @Argument(help: "on or off.")
        var state: String

        @OptionGroup
        var socket: Socket

        func run() throws { try socket.ask(.mirror, state) }
    }

    struct Plate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mattes with a picture of the empty room.",
            discussion: """
                'capture' leaves three seconds to step out of the camera's view, counts them down on the output, and \
                takes the room for about a second. The output shows a card meanwhile. If somebody is still to be seen, \
                everything stays as it was.
                """)

        @Argument(help: "capture, off, or a picture or clip of the empty room.")
        var plate: String

        @OptionGroup
        var socket: Socket

        func run() throws {
            guard plate == "capture" else {
                let isFile = FileManager.default.fileExists(atPath: plate)
                try socket.ask(.plate, isFile ? URL(fileURLWithPath: plate).path : plate)
                return
            }
            StandardStreams.say(line: "matte: step out of the picture; the room is taken in three seconds")
            try socket.ask(.plate, plate)
            StandardStreams.say(line: "matte: the plate is taken; you may come back")
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tells how the show goes.")

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup
        var socket: Socket

        func run() throws {
            guard let status = try socket.ask(.status).status else {
                throw MatteError(.io, "'matte live' did not tell its status")
            }
            print(json ? try status.json(indented: true) : LiveStatusText(status).text)
        }
    }

    struct Quit: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends the show.")

        @OptionGroup
        var socket: Socket

        func run() throws { try socket.ask(.quit) }
    }
}
