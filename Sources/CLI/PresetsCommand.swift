import ArgumentParser
import Foundation
import MatteKit

/// `matte presets list|show NAME`.
struct PresetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets", abstract: "Shows the presets that --preset takes.",
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists presets by name.")

        func run() throws {
            let console = Console()
            for preset in try PresetLibrary().all(notice: { console.notice($0) }) {
                print(preset.name.padding(toLength: 20, withPad: " ", startingAt: 0) + preset.summary)
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints a preset's YAML, to copy and change.")

        @Argument(help: "A preset's name or file.")
        var name: String

        func run() throws {
            print(try PresetLibrary().preset(name).text, terminator: "")
        }
    }
}
