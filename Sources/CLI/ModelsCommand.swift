import ArgumentParser
import MatteKit

/// `matte models …`: the networks and their files.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Lists, fetches and checks the networks' files.",
        discussion: """
            A model is described by a card (YAML). Cards of your own go into ~/.config/matte/models/. Weights have \
            licences of their own; they are shown here and when a model is pulled.
            """,
        subcommands: [List.self, Pull.self, Add.self, Path.self, Verify.self, Check.self, Remove.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists all cards, and whether their files are there.")

        func run() throws {
            for status in try ModelStore().list() { ModelLine(status).print() }
        }
    }

    struct Pull: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetches a model's file, unless it is there.",
            discussion:
                "A transfer that was broken off goes on where it stopped. A file with another SHA-256 is refused.")

        @Argument(help: "A card's name.")
        var name: String

        @OptionGroup
        var console: ConsoleArguments

        func run() throws {
            let console = Console(quiet: console.quiet, json: console.json)
            let stop = InterruptFlag()
            let store = ModelStore()
            let card = try store.catalog.card(named: name)
            console.say(line: "\(card.title); licence \(card.licence), commercial use: \(card.commercialUse)")
            do {
                let model = try store.pull(name, isCancelled: { stop.isSet }) { console.pulled($0) }
                console.clear()
                console.say(line: "\(model.card.name) is at \(model.path)")
            } catch {
                console.clear()
                throw error
            }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a copy of a file that you have.",
            discussion: """
                The file's SHA-256 says which card it belongs to. A file that no card means is refused, unless --card gives \
                it one: a card of your own, with the SHA-256 or without it, which is kept with the file. examples/cards has \
                some.
                """)

        @Argument(help: "The ONNX file.")
        var file: String

        @Option(help: ArgumentHelp("The card that is meant.", valueName: "name"))
        var name: String?

        @Option(help: ArgumentHelp("A card of your own for it.", valueName: "file"))
        var card: String?

        func validate() throws {
            if name != nil, card != nil { throw ValidationError("--name and --card exclude each other") }
        }

        func run() throws {
            let store = ModelStore()
            let model = try card.map { try store.add(file, cardAt: $0) } ?? store.add(file, name: name)
            Console().say(line: "\(model.card.name) is at \(model.path)")
        }
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints where a model's file is.")

        @Argument(help: "A card's name.")
        var name: String

        func run() throws { print(try ModelStore().path(name)) }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares files with the SHA-256 of their cards.",
            discussion: "Without a name, all files that are there. Exit status 65 if one is damaged.")

        @Argument(help: "A card's name.")
        var name: String?

        func run() throws {
            let store = ModelStore()
            let statuses = try name.map { [try store.verify($0)] } ?? store.list(verifying: true)
            let present = statuses.filter { name != nil || $0.state != .missing }
            for status in present { print("\(status.card.name): \(status.state.rawValue)") }
            if let missing = present.first(where: { $0.state == .missing || $0.state == .partial }), name != nil {
                _ = try store.path(missing.card.name)
            }
            if let damaged = present.first(where: { $0.state == .damaged }) {
                throw MatteError(
                    .badInput, "'\(damaged.path)' is not the file that the card means",
                    advice: "'matte models remove \(damaged.card.name)', then pull it again")
            }
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Deletes a model's file; its card stays, unless --card is given.")

        @Argument(help: "A card's name.")
        var name: String

        @Flag(name: .customLong("card"), help: "Delete its card too, if it is one of yours.")
        var withCard = false

        func run() throws {
            let store = ModelStore()
            let card = try store.catalog.card(named: name)
            try store.remove(name, withCard: withCard)
            if !withCard, let file = card.file {
                Console().say(line: "the card '\(file)' stays; `matte models remove \(name) --card` deletes it")
            }
        }
    }
}
