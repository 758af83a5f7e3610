import Foundation
import Frames

/// How many clips are cut into shards, and where the work on them is kept: a folder that all workers see.
///
/// | in the folder | |
/// |---|---|
/// | `plan.jsonl` | a line for the plan as a whole, then a line for each clip; never changed |
/// | `chunks/00012/` | what shard 12 has done: pieces, records of failures, and last `done.json` |
/// | `merged/00003.json` | that clip 3 is complete under its name |
/// | `results/` | outputs, unless they were to go elsewhere |
public struct ShardPlan: Sendable {
    /// What holds for all clips: the first line.
    struct Header: Sendable, Codable {
        static let currentFormat = 1

        var format = currentFormat
        /// The program's version.
        var program: String
        var clips: Int
        var shards: Int
        var surroundings: [Fingerprint.Surroundings]
    }

    /// Absolute.
    public let folder: String
    let header: Header
    public let clips: [PlannedClip]

    public var shardCount: Int { header.shards }

    init(folder: String, header: Header, clips: [PlannedClip]) {
        (self.folder, self.header, self.clips) = (folder, header, clips)
    }

    /// Whether a folder looks like a plan, without reading it.
    public static func isPlan(_ folder: String) -> Bool {
        Publication.isTaken(file(in: folder)) && Publication.isTaken(folder + "/chunks")
    }

    /// Reads a plan.
    ///
    /// - Throws: `.noInput` where there is none, `.badInput` for a damaged one, `.configuration` for one of a later
    ///   version's form.
    public init(folder: String) throws {
        let folder = AbsolutePath.of(folder)
        guard let data = FileManager.default.contents(atPath: Self.file(in: folder)) else {
            throw MatteError(
                .noInput, "there is no plan in '\(folder)'", advice: "make one with `matte plan`, or check the path")
        }
        let damaged = MatteError(.badInput, "the plan in '\(folder)' is damaged", advice: "make it again")
        let lines = data.split(separator: UInt8(ascii: "\n"))
        let decoder = JSONDecoder()
        guard let first = lines.first, let header = try? decoder.decode(Header.self, from: first) else { throw damaged }
        guard header.format <= Header.currentFormat else {
            throw MatteError(
                .configuration,
                "the plan in '\(folder)' was made by matte \(header.program), in a form that is new here",
                advice: "install that version on this machine")
        }
        let clips = lines.dropFirst().compactMap { try? decoder.decode(PlannedClip.self, from: $0) }
        let isWhole =
            clips.count == header.clips && clips.allSatisfy { header.surroundings.indices.contains($0.surroundings) }
        guard isWhole, clips.reduce(0, { $0 + $1.shardCount }) == header.shards else { throw damaged }
        self.init(folder: folder, header: header, clips: clips)
    }

    /// The clip that a shard belongs to, and which of its chunks it is.
    ///
    /// - Throws: `.usage` for a number that the plan does not have.
    func place(ofShard shard: Int) throws(MatteError) -> (clip: PlannedClip, chunk: Int) {
        guard (0..<shardCount).contains(shard) else {
            throw MatteError(
                .usage, "shard \(shard) is out of range: the plan in '\(folder)' has \(shardCount)",
                advice: "choose 0 to \(shardCount - 1)")
        }
        // The last clip that begins at or before the shard.
        var (low, high) = (0, clips.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if clips[middle].firstShard <= shard { low = middle } else { high = middle }
        }
        return (clips[low], shard - clips[low].firstShard)
    }

    func chunkFolder(_ shard: Int) -> ChunkFolder {
        ChunkFolder(path: "\(folder)/chunks/\(Self.digits(shard))", shard: shard)
    }

    func mergedRecord(ofClip index: Int) -> String { "\(folder)/merged/\(Self.digits(index)).json" }

    static func file(in folder: String) -> String { folder + "/plan.jsonl" }

    /// Five digits at least, so that listings are in order.
    static func digits(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 5 - text.count)) + text
    }
}
