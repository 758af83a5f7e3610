import Foundation
import Models
import TestSupport
import Testing

struct SealedFolderTests {
    private let folder: TemporaryFolder
    private let sealed: SealedFolder

    init() throws {
        folder = try TemporaryFolder()
        sealed = SealedFolder(folder.path(""))
    }

    private func keep(_ text: String, for key: String, in sealed: SealedFolder? = nil) {
        Array(text.utf8).withUnsafeBytes { (sealed ?? self.sealed).keep($0, for: key) }
    }

    private func text(for key: String, in sealed: SealedFolder? = nil) -> String? {
        (sealed ?? self.sealed).bytes(for: key).map { String(decoding: $0, as: UTF8.self) }
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path("")) }
    }

    @Test func whatIsKeptIsFoundUnderItsKeyAlone() throws {
        #expect(text(for: "a\nkey") == nil)
        keep("one", for: "a\nkey")
        keep("", for: "another")
        #expect(text(for: "a\nkey") == "one" && text(for: "another") == "" && text(for: "a") == nil)
        keep("two", for: "a\nkey")
        #expect(text(for: "a\nkey") == "two")
        // Another process sees the same, and nothing half-written stays.
        #expect(text(for: "a\nkey", in: SealedFolder(folder.path(""))) == "two")
        #expect(try names.count == 2)
    }

    @Test(arguments: [0, 31, 32, 40]) func damageIsSeen(position: Int) throws {
        keep("a longer text", for: "key")
        let path = folder.path("") + "/" + (try #require(try names.first))
        let sound = try Data(contentsOf: URL(fileURLWithPath: path))
        var flipped = sound
        flipped[position] ^= 1
        for damaged in [flipped, sound.prefix(position)] {
            try damaged.write(to: URL(fileURLWithPath: path))
            #expect(text(for: "key") == nil)
            keep("anew", for: "key")
            #expect(text(for: "key") == "anew")
        }
    }

    @Test func aFolderThatCannotBeWrittenKeepsNothing() {
        let nowhere = SealedFolder(folder.path("none"))
        keep("text", for: "key", in: nowhere)
        #expect(text(for: "key", in: nowhere) == nil)
    }

    @Test(.enabled(if: SmallDisk.canMount)) func aFullDiskKeepsNothingHalf() throws {
        let disk = try SmallDisk(kilobytes: 64)
        let sealed = SealedFolder(disk.path(""))
        keep(String(repeating: "x", count: 200_000), for: "large", in: sealed)
        #expect(text(for: "large", in: sealed) == nil && disk.contents.isEmpty)
        keep("small", for: "small", in: sealed)
        #expect(text(for: "small", in: sealed) == "small")
    }
}
