import Foundation
import MatteKit
import Shards
import TestSupport
import Testing

struct FingerprintTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, to name: String, secondsAgo: Double = 3600) throws -> String {
        let path = folder.path(name)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)], ofItemAtPath: path)
        return path
    }

    private func fingerprint(_ settings: [RunSetting], content: String = "c", program: String = "1") throws
        -> Fingerprint
    {
        let surroundings = try JSONDecoder().decode(
            Fingerprint.Surroundings.self,
            from: Data(#"{"program":"\#(program)","model":"m","files":[]}"#.utf8))
        return try Fingerprint(content: content, settings: settings, surroundings: surroundings)
    }

    private func setting(_ name: String, _ value: String) -> RunSetting { RunSetting(name: name, value: value) }

    @Test func whatDecidesAboutPicturesChangesIt() throws {
        let plain = try fingerprint([setting("ratio", "0.5")])
        #expect(try fingerprint([setting("ratio", "0.25")]) != plain)
        #expect(try fingerprint([setting("ratio", "0.5"), setting("fit", "cover")]) != plain)
        #expect(try fingerprint([setting("ratio", "0.5")], content: "d") != plain)
        #expect(try fingerprint([setting("ratio", "0.5")], program: "2") != plain)
    }

    @Test func whatDoesNotDecideDoesNot() throws {
        let plain = try fingerprint([setting("ratio", "0.5"), setting("fit", "cover")])
        #expect(try fingerprint([setting("fit", "cover"), setting("ratio", "1"), setting("ratio", "0.5")]) == plain)
        let more = [setting("threads", "1"), setting("queue", "4"), setting("overwrite", "true")]
        #expect(try fingerprint([setting("ratio", "0.5"), setting("fit", "cover")] + more) == plain)
    }

    @Test func theOrderOfRepeatedOptionsCounts() throws {
        let one = [setting("encoder-option", "a=1"), setting("encoder-option", "b=2")]
        #expect(try fingerprint(one) != fingerprint(one.reversed()))
    }

    @Test func theBytesOfNamedFilesCount() throws {
        let picture = try write("beach", to: "beach.jpg")
        let settings = [setting("background", picture), setting("output-alpha", "alpha.mkv")]
        #expect(try settings.filesRead() == [picture])
        #expect(try [setting("background", "white")].filesRead().isEmpty)
        #expect(try [setting("model", "rvm-mobilenetv3")].filesRead().isEmpty)
    }

    @Test func contentIsDecidedByBytesAndNotByDates() throws {
        let path = try write("the same", to: "a.mp4")
        let known = try ContentDigest(of: path)
        let copy = try write("the same", to: "b.mp4", secondsAgo: 10)
        #expect(try ContentDigest(of: copy).sha256 == known.sha256)
        _ = try write("another!", to: "a.mp4")
        #expect(!known.isCurrent(for: path))
        #expect(try ContentDigest(of: path, known: known).sha256 != known.sha256)
    }

    /// The file's change time is now, so nothing but its bytes can be trusted, whatever the modification time claims.
    @Test func aFileThatWasJustWrittenIsReadAgain() throws {
        let path = try write("one", to: "a.mp4")
        let known = try ContentDigest(of: path)
        #expect(!known.isCurrent(for: path))
        _ = try write("two", to: "a.mp4")
        #expect(try ContentDigest(of: path, known: known).sha256 != known.sha256)
    }

    @Test func aSettledFileIsNotReadAgain() throws {
        let path = "/etc/hostname"
        let known = try ContentDigest(of: path)
        #expect(known.isCurrent(for: path))
        #expect(try ContentDigest(of: path, known: known) == known)
    }

    @Test func aFolderIsItsPictures() throws {
        try FileManager.default.createDirectory(atPath: folder.path("f"), withIntermediateDirectories: true)
        for number in 1...3 { _ = try write("picture \(number)", to: "f/\(number).png") }
        let whole = try ContentDigest(of: folder.path("f")).sha256
        #expect(try ContentDigest(of: folder.path("f/%d.png")).sha256 == whole)
        _ = try write("picture X", to: "f/2.png")
        #expect(try ContentDigest(of: folder.path("f")).sha256 != whole)
    }

    @Test func standardInputAndMissingFilesAreNamed() throws {
        #expect(throws: MatteError.self) { try ContentDigest(of: "-") }
        let error = #expect(throws: MatteError.self) { try ContentDigest(of: folder.path("none.mp4")) }
        #expect(error?.kind == .noInput)
    }
}
