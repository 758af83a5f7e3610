import ArgumentParser
import Foundation
import MatteKit

extension ModelsCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tells whether a network's file fits its card.",
            discussion: """
                Names, shapes, the range of the numbers and the normalisation are looked at, and a picture shows what the \
                network makes of a drawn person: source, alpha, and the subject before green. Exit status 65 if the \
                network cannot be used with this card.
                """)

        @Argument(help: "A card's file (.yaml), or the name of a card.")
        var card: String

        @Option(
            help: ArgumentHelp(
                "The ONNX file. (default: that of the card's name beside it, else the pulled one)", valueName: "file"))
        var file: String?

        @Option(help: ArgumentHelp("Matte this picture instead of the drawn one.", valueName: "file"))
        var picture: String?

        @Option(
            name: [.short, .long],
            help: ArgumentHelp("Where the result goes. (default: NAME-check.png)", valueName: "file"))
        var output: String?

        @Flag(help: "Replace an existing result.")
        var overwrite = false

        @Option(help: ArgumentHelp("auto, onnxruntime or openvino. (default: auto)", valueName: "name"))
        var engine: String?

        func run() throws {
            var inference = InferenceOptions()
            if let engine { inference.engine = engine }
            let console = Console()
            let check = try ModelCheck(
                card: card, file: file, picture: picture, inference: inference, notice: { console.notice($0) })
            let model = check.model
            print("card     \(model.card.name): \(model.card.kind.rawValue), \(model.card.title)")
            print("file     \(model.path)")
            print("engine   \(check.network.engineName) on \(check.network.deviceName)")
            for input in check.network.inputs { print("input    \(input)") }
            for output in check.network.outputs { print("output   \(output)") }
            for finding in check.network.findings {
                print(finding.verdict.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0) + finding.words)
            }
            let path = output ?? "\(model.card.name)-check.png"
            if try check.writeSheet(to: path, overwrite: overwrite) { print("picture  \(path)") }
            guard check.network.fits else {
                throw MatteError(.badInput, "the file '\(model.path)' does not fit the card of \(model.card.name)")
            }
        }
    }
}
