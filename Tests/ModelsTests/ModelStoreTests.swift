import Foundation
import Frames
import Models
import TestSupport
import Testing

struct ModelStoreTests {
    private let test: TestStore

    init() throws {
        test = try TestStore()
        try test.writeCard(sources: ["{ url: '\(test.url("m.onnx"))' }"])
    }

    private func kind(_ body: () throws -> Void) -> MatteError.Kind? {
        do {
            try body()
            return nil
        } catch {
            return (error as? MatteError)?.kind
        }
    }

    @Test func whatIsNotThereSaysHowToGetIt() {
        #expect { try test.store().path("mine") } throws: { error in
            (error as? MatteError)?.kind == .missingPart && "\(error)".contains("matte models pull mine")
        }
        #expect(kind { try test.store().remove("mine") } == .missingPart)
        #expect(kind { _ = try test.store().model("mine") } == .missingPart)
        #expect(kind { _ = try test.store().path("other") } == .usage)
    }

    @Test func aCardOfOnesOwnIsKeptWithTheFile() throws {
        let (given, card) = (test.folder.path("downloaded.bin"), test.folder.path("my.yaml"))
        try test.write(test.bytes, to: given)
        let cards = test.folder.path("own")
        let yaml = "name: my-own\ntitle: Own\nkind: portrait\nlicence: MIT\ncommercial-use: yes"
        try test.write(Array(yaml.utf8), to: card)
        let store = test.store()
        #expect(try store.add(given, cardAt: card, userDirectory: cards).card.sha256 == test.digest)
        #expect(try store.add(given, cardAt: card, userDirectory: cards).card.name == "my-own")
        let kept = ModelStore(directory: test.folder.path("models"), catalog: ModelCatalog(userDirectory: cards))
        #expect(try kept.verify("my-own").state == .verified)
        // Another file, another card of that name, a name that is taken.
        try test.write(Array((yaml + "\nsha256: " + String(repeating: "0", count: 64)).utf8), to: card)
        #expect(kind { try store.add(given, cardAt: card, userDirectory: cards) } == .badInput)
        try test.write(Array(yaml.replacingOccurrences(of: "MIT", with: "BSD").utf8), to: card)
        #expect(kind { try store.add(given, cardAt: card, userDirectory: cards) } == .cannotCreate)
        try test.write(Array(yaml.replacingOccurrences(of: "my-own", with: "rvm-resnet50").utf8), to: card)
        #expect(kind { try store.add(given, cardAt: card, userDirectory: cards) } == .cannotCreate)
    }

    @Test func aCardOfOnesOwnGoesOnlyWhenAsked() throws {
        let card = test.folder.path("cards") + "/mine.yaml"
        try test.writeCard(sources: [])
        try test.write(test.bytes, to: test.file)
        try test.store().remove("mine")
        #expect(FileManager.default.fileExists(atPath: card))
        // The file is gone already.
        try test.store().remove("mine", withCard: true)
        #expect(!FileManager.default.fileExists(atPath: card))
        #expect(kind { try test.store().remove("mine", withCard: true) } == .usage)
        // The program's own cards are no files.
        #expect(kind { try test.store().remove(ModelCatalog.defaultModel, withCard: true) } == .usage)
    }

    @Test func addingFindsTheCardByHash() throws {
        let given = test.folder.path("downloaded (1).bin")
        try test.write(test.bytes, to: given)
        let store = test.store()
        #expect(try store.add(given).card.name == "mine")
        #expect(try test.read(test.file) == test.bytes)
        #expect(try store.verify("mine").state == .verified)
        #expect(try store.path("mine") == test.file)
        #expect(try store.list().first { $0.card.name == "mine" }?.state == .installed)
        #expect(try store.list().first { $0.card.name == "rvm-resnet50" }?.state == .missing)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder.path("models")) == ["mine.onnx"])
        try store.remove("mine")
        #expect(try store.list().first { $0.card.name == "mine" }?.state == .missing)
    }

    @Test func addingRefusesOtherFiles() throws {
        let given = test.folder.path("x.onnx")
        try test.write(test.bytes.dropLast() + [test.bytes[0] &+ 1], to: given)
        #expect(kind { try test.store().add(given) } == .badInput)
        #expect(kind { try test.store().add(given, name: "mine") } == .badInput)
        #expect(kind { try test.store().add(test.folder.path("none")) } == .noInput)
        #expect(kind { try test.store().add(test.folder.path("")) } == .badInput)
        #expect(!FileManager.default.fileExists(atPath: test.file))
    }

    @Test(arguments: [0, 1, 150_000, 299_999]) func oneFlippedBitIsNeverLoaded(position: Int) throws {
        var damaged = test.bytes
        damaged[position] ^= 1
        try test.write(damaged, to: test.file)
        let store = test.store()
        #expect(try store.verify("mine").state == .damaged)
        #expect {
            try store.model("mine").withVerifiedBytes { _ in Issue.record("damaged bytes were lent") }
        } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains(test.file)
        }
    }

    @Test func aTruncatedFileIsSeenWithoutReadingIt() throws {
        try test.write(Array(test.bytes.dropLast(7)), to: test.file)
        #expect(try test.store().list().first { $0.card.name == "mine" }?.state == .damaged)
    }

    @Test func theVerifiedBytesAreTheFiles() throws {
        try test.write(test.bytes, to: test.file)
        let read = try test.store().model("mine").withVerifiedBytes { Array($0) }
        #expect(read == test.bytes)
    }

    @Test func aPathNeedsACard() throws {
        let store = test.store()
        let known = test.folder.path("known.onnx")
        try test.write(test.bytes, to: known)
        #expect(try store.model(known).card.name == "mine")
        #expect(try store.model(known).path == known)

        let other = try TestStore(seed: 2, count: 100)
        let unknown = test.folder.path("unknown.onnx")
        try test.write(other.bytes, to: unknown)
        #expect {
            try store.model(unknown)
        } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains(test.folder.path("unknown.yaml"))
        }
        // A card beside the file is enough.
        try other.writeCard(sources: [])
        try FileManager.default.copyItem(
            atPath: other.folder.path("cards") + "/mine.yaml", toPath: test.folder.path("unknown.yaml"))
        #expect(try store.model(unknown).withVerifiedBytes { Array($0) } == other.bytes)
        #expect(kind { _ = try store.model("./nothing.onnx") } == .noInput)
    }
}
