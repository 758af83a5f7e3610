import Foundation
import Frames
import Presets
import Shards
import TestSupport
import Testing

@testable import Bulk

struct JournalTests {
    private func entry(
        _ event: JournalEntry.Event, _ clip: String, in bench: BulkBench, outputs: [FileState?] = []
    ) throws -> JournalEntry {
        try bench.write("content", "in/x.mp4")
        let content = try ContentDigest(of: bench.folder.path("in/x.mp4"))
        let settings = bench.options.settings
        let fingerprint = try Fingerprint(
            content: content.sha256, settings: settings, surroundings: .init(of: settings, program: "1"))
        return JournalEntry(
            event: event, clip: clip, input: "in/x.mp4", time: 0, content: content, fingerprint: fingerprint,
            outputs: outputs)
    }

    @Test func aTornLineIsCutOffWhereverItWasTorn() throws {
        let bench = try BulkBench()
        let folder = bench.folder.path("in")
        let journal = try Journal(folder: folder) { _ in }
        try journal.append(entry(.started, "a", in: bench))
        try journal.append(entry(.done, "a", in: bench))
        let path = folder + "/journal.jsonl"
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try journal.append(entry(.done, "b", in: bench))
        let all = try Data(contentsOf: URL(fileURLWithPath: path))
        for count in [whole.count, whole.count + 1, (whole.count + all.count) / 2, all.count - 1] {
            try all.prefix(count).write(to: URL(fileURLWithPath: path))
            let read = try Journal(folder: folder) { Issue.record("\($0)") }
            #expect(read.histories["a"]?.done != nil && read.histories["b"] == nil)
            try read.append(entry(.done, "c", in: bench))
            #expect(try Journal.reading(in: folder) { Issue.record("\($0)") }.histories.keys.sorted() == ["a", "c"])
        }
        // A header that was torn is no header of somebody else's.
        try all.prefix(10).write(to: URL(fileURLWithPath: path))
        #expect(try Journal(folder: folder) { _ in }.histories.isEmpty)
    }

    @Test func aDamagedLineIsSaidAndDoneAgain() throws {
        let bench = try BulkBench()
        let folder = bench.folder.path("in")
        let journal = try Journal(folder: folder) { _ in }
        for clip in ["a", "b"] { try journal.append(entry(.done, clip, in: bench)) }
        var lines = try bench.text("in/journal.jsonl").split(separator: "\n").map(String.init)
        lines[1] = String(lines[1].dropLast(5))
        try bench.write(lines.joined(separator: "\n") + "\n", "in/journal.jsonl")
        let notices = Notices()
        #expect(try Journal(folder: folder, notice: notices.add).histories.keys.sorted() == ["b"])
        #expect(notices.all.count == 1 && notices.all.first?.contains("line 2") == true)
    }

    @Test(.enabled(if: SmallDisk.canMount)) func aFullDiskLosesNoLine() throws {
        let bench = try BulkBench()
        let disk = try SmallDisk(kilobytes: 16)
        let journal = try Journal(folder: disk.path("")) { _ in }
        var written = 0
        let error = #expect(throws: MatteError.self) {
            for number in 0..<1000 {
                try journal.append(entry(.done, "clip \(number)", in: bench))
                written += 1
            }
        }
        #expect(error?.kind == .io && written > 0)
        let histories = try Journal.reading(in: disk.path("")) { Issue.record("\($0)") }.histories
        #expect(histories.count == written)
    }

    /// A run was killed between the output's name and the journal's line.
    @Test func anOutputThatWasPublishedUnseenIsNotMadeAgain() throws {
        let bench = try BulkBench()
        try bench.write("content", "in/x.mp4")
        _ = try bench.run()
        let lines = try bench.text("out/journal.jsonl").split(separator: "\n")
        try bench.write(lines.dropLast().joined(separator: "\n") + "\n", "out/journal.jsonl")
        #expect(try bench.run().already == 1)
        #expect(bench.log == ["x.mp4"])
        #expect(try bench.text("out/journal.jsonl").split(separator: "\n").count == lines.count)
    }

    @Test func tenThousandClipsAreDecided() throws {
        let bench = try BulkBench()
        let count = 10_000
        try FileManager.default.createDirectory(atPath: bench.folder.path("out"), withIntermediateDirectories: false)
        let names = (0..<count).map { "\($0 % 100)/clip \($0)" }
        for name in names { try bench.write(name, "in/\(name).mp4") }
        for name in names { try bench.write(name, "out/\(name)_matte.mp4") }
        let settings = bench.options.settings
        let surroundings = try Fingerprint.Surroundings(of: settings, program: "1")
        let encoder = JSONEncoder()
        var text = "{\"journal\":\"matte bulk\",\"version\":1}\n"
        for name in names {
            let input = bench.folder.path("in") + "/\(name).mp4"
            let content = try ContentDigest(of: input)
            let entry = JournalEntry(
                event: .done, clip: "\(name)_matte.mp4", input: input, time: 0, content: content,
                fingerprint: try Fingerprint(content: content.sha256, settings: settings, surroundings: surroundings),
                outputs: [FileState(of: bench.folder.path("out") + "/\(name)_matte.mp4")])
            text += String(decoding: try encoder.encode(entry), as: UTF8.self) + "\n"
        }
        try bench.write(text, "out/journal.jsonl")
        try bench.write("other", "in/7/clip 7.mp4")
        let forecast = try BulkRun(bench.options, notice: { Issue.record("\($0)") }, tell: { _ in }).forecast()
        #expect(forecast.count == count)
        #expect(forecast.filter(\.isToDo).map(\.reason) == ["the input changed"])
    }
}
