import Foundation
import Frames
import Models
import TestSupport
import Testing

struct DerivedTests {
    private let test: TestStore
    private let made = Protected(0)

    init() throws {
        test = try TestStore()
        try test.writeCard(sources: [])
        try test.write(test.bytes, to: test.file)
    }

    private var folder: String { test.folder.path("models") }
    private var hidden: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".") }.sorted() }
    }

    /// The model's bytes backwards, counted.
    private func derive(_ recipe: String = "backwards 1", notice: NoticeHandler = { Issue.record("\($0)") }) throws
        -> [UInt8]
    {
        let derived = try test.store().model("mine").derived(recipe, notice: notice) { bytes in
            made.withLock { $0 += 1 }
            return bytes.reversed()
        }
        return Array(derived)
    }

    private func timesMade() -> Int { made.withLock { $0 } }

    @Test func itIsMadeOnceAndKeptBesideTheModel() throws {
        let expected = Array(test.bytes.reversed())
        for _ in 0..<3 { #expect(try derive() == expected) }
        #expect(timesMade() == 1)
        let digest = try test.digest
        #expect(try hidden.count == 1 && hidden[0].hasPrefix(".\(digest)."))
        // Another recipe takes its place.
        #expect(try derive("backwards 2") == expected)
        #expect(try hidden.count == 1 && timesMade() == 2)
        try test.store().remove("mine")
        #expect(try hidden.isEmpty)
    }

    @Test(arguments: [0, 63, 64, 150_000]) func aDamagedCopyIsMadeAnewAloud(position: Int) throws {
        _ = try derive()
        let path = try folder + "/" + #require(hidden.first)
        var bytes = try test.read(path)
        let sound = bytes
        bytes[position] ^= 1
        for damaged in [bytes, Array(sound.prefix(position))] {
            try test.write(damaged, to: path)
            let notices = Protected<[String]>([])
            let result = try derive { text in notices.withLock { $0.append(text) } }
            #expect(result == Array(test.bytes.reversed()))
            #expect(notices.withLock { $0.count == 1 && $0[0].contains("damaged") })
            #expect(try test.read(path) == sound)
        }
        #expect(timesMade() == 3)
    }

    @Test func aDamagedModelIsNoSource() throws {
        var damaged = test.bytes
        damaged[7] ^= 1
        try test.write(damaged, to: test.file)
        #expect { try derive() } throws: { ($0 as? MatteError)?.kind == .badInput }
        #expect(try hidden.isEmpty && timesMade() == 0)
    }

    @Test func aStoreThatCannotBeWrittenIsNoObstacle() throws {
        // A folder in the place of the file: nobody, root included, can write there.
        _ = try derive()
        let path = try folder + "/" + #require(hidden.first)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path + "/in the way", withIntermediateDirectories: true)
        for _ in 0..<2 { #expect(try derive() == Array(test.bytes.reversed())) }
        #expect(timesMade() == 3)
        #expect(try hidden.count == 1)
    }
}
