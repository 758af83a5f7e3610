import Foundation
import MatteKit
import Shards
import TestSupport
import Testing

struct PublicationTests {
    @Test func theFirstOfTwoWritersWins() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("done.json")
        #expect(try Publication.publish(Array("first".utf8), as: path) == .first)
        #expect(try Publication.publish(Array("second".utf8), as: path) == .late)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "first")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["done.json"])
    }

    @Test func ofManyWritersAtOnceExactlyOneWins() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("done.json")
        let winners = Protected<[Int]>([])
        DispatchQueue.concurrentPerform(iterations: 16) { number in
            let bytes = [UInt8](repeating: UInt8(number), count: 100_000)
            if (try? Publication.publish(bytes, as: path)) == .first { winners.withLock { $0.append(number) } }
        }
        let winner = try #require(winners.withLock { $0.count == 1 ? $0.first : nil })
        #expect(
            try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == .init(repeating: UInt8(winner), count: 100_000)
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["done.json"])
    }

    @Test func aMissingFolderIsNamed() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: MatteError.self) {
            try Publication.publish([1], as: folder.path("none/done.json"))
        }
        #expect(error?.kind == .cannotCreate)
        #expect(error?.message.contains(folder.path("none")) == true)
    }

    @Test(.enabled(if: SmallDisk.canMount)) func aFullDiskLeavesNothing() throws {
        let disk = try SmallDisk(kilobytes: 64)
        let error = #expect(throws: MatteError.self) {
            try Publication.publish([UInt8](repeating: 7, count: 1 << 20), as: disk.path("done.json"))
        }
        #expect(error?.kind == .io)
        #expect(disk.contents.isEmpty)
    }
}
