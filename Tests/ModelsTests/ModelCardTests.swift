import Foundation
import Frames
import Models
import TestSupport
import Testing

struct ModelCardTests {
    private static let whole = """
        name: my-model
        title: Mine
        kind: recurrent
        sources:
          - url: https://example.org/my.onnx
          - pip: { package: my, version: 1.0, member: my/my.onnx }
        sha256: 00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff
        bytes: 12
        licence: MIT
        licence-url: https://example.org/licence
        commercial-use: no
        inputs: { picture: src, ratio: ratio, states: [a, b] }
        outputs: { alpha: pha, foreground: fgr, states: [c, d] }
        normalise: { mean: [0.1, 0.2, 0.3], std: [1, 2, 4] }
        size: { multiple-of: 16, longer-side: 640 }
        """

    @Test func everyKeyIsRead() throws {
        let card = try ModelCard(yaml: Self.whole, file: "my.yaml")
        #expect(card.name == "my-model" && card.title == "Mine" && card.kind == .recurrent)
        #expect(
            card.sources == [
                .url("https://example.org/my.onnx"), .pip(package: "my", version: "1.0", member: "my/my.onnx"),
            ])
        #expect(card.sha256 == "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
        #expect(card.byteCount == 12 && card.licence == "MIT" && card.commercialUse == "no")
        #expect(card.ports.statesIn == ["a", "b"] && card.ports.statesOut == ["c", "d"])
        #expect(card.ports.alpha == "pha" && card.ports.foreground == "fgr" && card.ports.ratio == "ratio")
        #expect(card.normalisation == .init(mean: [0.1, 0.2, 0.3], std: [1, 2, 4]))
        #expect(card.size == .multiple(of: 16, side: .longer(640)))
        #expect(card.file == "my.yaml")
    }

    @Test func theKeysOfOtherKindsAreRead() throws {
        let yaml = """
            name: mine
            title: Mine
            kind: trimap
            sha256: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
            licence: MIT
            commercial-use: no
            inputs: { picture: image, trimap: tri }
            outputs: { alpha: out, channel: 0 }
            normalise: { mean: [0, 0, 0], std: [1, 1, 1], order: bgr }
            size: { width: 1024, height: 768 }
            activation: sigmoid
            """
        let card = try ModelCard(yaml: yaml, file: "my.yaml")
        #expect(card.kind == .trimap && card.ports.trimap == "tri" && card.ports.alphaChannel == 0)
        #expect(card.normalisation.isBlueFirst && card.normalisation != .none && card.activation == .sigmoid)
        #expect(card.size == .exact(width: 1024, height: 768))
        for (old, new, words) in [
            ("kind: trimap", "kind: portrait", "'inputs.trimap' is for models of kind trimap"),
            ("order: bgr", "order: rbg", "rgb or bgr"), ("activation: sigmoid", "activation: tanh", "'activation'"),
            (", height: 768", "", "together"), ("channel: 0", "channel: -1", "channel"),
        ] {
            #expect {
                try ModelCard(yaml: yaml.replacingOccurrences(of: old, with: new), file: "my.yaml")
            } throws: { ($0 as? MatteError)?.kind == .badInput && "\($0)".contains(words) }
        }
    }

    @Test(arguments: [
        // What is replaced, by what, the line blamed, and a word of the message.
        ("name: my-model", "name: ../up", 1, "name"), ("name: my-model", "name: .hidden", 1, "name"),
        ("name: my-model", "nmae: x", 1, "unknown key 'nmae'"), ("kind: recurrent", "kind: magic", 3, "kind"),
        ("bytes: 12", "bytes: many", 8, "bytes"), ("bytes: 12", "bytes: 0", 8, "bytes"),
        ("sha256: 00", "sha256: 0", 7, "sha256"), ("sha256: 00", "sha256: zz", 7, "sha256"),
        ("url: https", "url: ftp", 5, "url"), ("package: my", "package: --help", 6, "dash"),
        ("version: 1.0, ", "", 6, "pip.version"), ("states: [c, d]", "states: [c]", 13, "same length"),
        ("std: [1, 2, 4]", "std: [1, 2]", 14, "std"), ("std: [1, 2, 4]", "std: [1, 2, 0]", 14, "std"),
        ("size: { multiple-of: 16", "size: { multiple-of: 0", 15, "multiple-of"),
        ("longer-side: 640", "longer-side: 640, shorter-side: 3", 15, "one of"),
        ("title: Mine", "title: [1]", 2, "title"),
    ])
    func mistakesNameFileAndLine(old: String, new: String, line: Int, words: String) {
        let yaml = Self.whole.replacingOccurrences(of: old, with: new)
        #expect(yaml != Self.whole)
        #expect {
            try ModelCard(yaml: yaml, file: "my.yaml")
        } throws: { error in
            guard let error = error as? MatteError else { return false }
            return error.kind == .badInput && error.message.contains("'my.yaml', line \(line):")
                && error.message.contains(words)
        }
    }

    @Test(arguments: ["name", "title", "kind", "sha256", "licence", "commercial-use"])
    func whatIsNeededIsMissed(key: String) {
        let lines = Self.whole.split(separator: "\n").filter { !$0.hasPrefix(key + ":") }
        #expect {
            try ModelCard(yaml: lines.joined(separator: "\n"), file: "my.yaml")
        } throws: { "\($0)".contains("'\(key)' is missing") }
    }

    @Test(arguments: ["", "- a\n- b", "name: [", "just words", "name: a\nname: b", "\u{0}"])
    func whatIsNoCardIsRefused(yaml: String) {
        #expect { try ModelCard(yaml: yaml, file: "x.yaml") } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains("x.yaml")
        }
    }

    @Test func shippedCardsAreAllRight() throws {
        let catalog = ModelCatalog(userDirectory: nil) { Issue.record("unexpected notice: \($0)") }
        #expect(
            catalog.cards.map(\.name) == [
                "rvm-mobilenetv3", "rvm-resnet50", "modnet-photographic", "modnet-webcam", "u2net", "u2netp",
                "isnet-general-use",
            ])
        let standard = try catalog.card(named: ModelCatalog.defaultModel)
        #expect(standard.byteCount == 14_975_696 && standard.file == nil && standard.sources.count == 2)
        #expect(standard.sha256 == "88d4531297118f595bf2fd60f6f566aec2e559393802d1f436c380f0cbbd2828")
        #expect(standard.licence == "GPL-3.0")
        // Each card's name is its file's, which is how people find it.
        let files = try FileManager.default.contentsOfDirectory(
            atPath: RealModel.packageRoot.appending(path: "Sources/Models/Cards").path)
        #expect(Set(files) == Set(catalog.cards.map { $0.name + ".yaml" }))
    }

    /// The examples leave out the SHA-256, which `matte models add FILE --card CARD` puts in.
    @Test func exampleCardsAreAllRight() throws {
        let folder = RealModel.packageRoot.appending(path: "examples/cards")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        var kinds: Set<String> = []
        for file in files {
            let yaml = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            #expect(!yaml.contains("sha256"), "\(file)")
            let card = try ModelCard(yaml: yaml + "sha256: \(String(repeating: "0", count: 64))\n", file: file)
            kinds.insert(card.kind.rawValue)
        }
        #expect(files.count >= 9)
        #expect(kinds == ["plate", "portrait", "saliency", "trimap"])
    }

    @Test func aBadUserCardIsReportedAndLeavesTheOthers() throws {
        let folder = try TemporaryFolder()
        let good = Self.whole.replacingOccurrences(of: "my-model", with: "good")
        let shadow = Self.whole.replacingOccurrences(of: "my-model", with: "rvm-resnet50")
        for (name, text) in [("a.yaml", "name: ["), ("b.yaml", good), ("c.yml", shadow), ("d.txt", "x")] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(name)))
        }
        let notices = Protected<[String]>([])
        let catalog = ModelCatalog(userDirectory: folder.path("")) { text in notices.withLock { $0.append(text) } }
        #expect(catalog.cards.count == 8)
        #expect(try catalog.card(named: "good").file == folder.path("b.yaml"))
        #expect(try catalog.card(named: "rvm-resnet50").title == "Mine")
        let told = notices.withLock { $0 }
        #expect(told.count == 2 && told[0].contains("a.yaml") && told[1].contains("rvm-resnet50"))
    }

    @Test func anUnknownNameListsTheChoices() {
        #expect { try ModelCatalog(userDirectory: nil).card(named: "x") } throws: { error in
            (error as? MatteError)?.kind == .usage && "\(error)".contains("modnet-webcam")
        }
    }
}
