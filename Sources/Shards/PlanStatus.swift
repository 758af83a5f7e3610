import Foundation

/// How far the work on a plan is, read from its files alone.
public struct PlanStatus: Sendable, Codable {
    public enum State: String, Sendable, Codable { case done, failed, missing }

    /// A shard that is not done, after an attempt that failed.
    public struct Failure: Sendable, Codable {
        public let shard: Int
        public let input: String
        public let message: String
        /// Whether another attempt may succeed.
        public let isWorthRetrying: Bool
        public let host: String
    }

    public let shards: Int
    public let done: Int
    /// Not done, after a failure.
    public let failed: Int
    /// Not done, and not known to have failed: in work, or not begun.
    public let missing: Int
    /// Of the shards that are done.
    public let frames: Int
    public let clips: Int
    /// Clips whose outputs are complete under their names.
    public let merged: Int
    public let failures: [Failure]
    /// Shards that are not done.
    public let open: [Int]

    /// - Throws: `.noInput` and `.badInput` for the plan itself.
    public init(of plan: ShardPlan) {
        var (done, frames, merged) = (0, 0, 0)
        var failures: [Failure] = []
        var open: [Int] = []
        // Most shards of a plan have no folder yet, or are done: one look at a list, one at a file.
        let begun = Set((try? FileManager.default.contentsOfDirectory(atPath: plan.folder + "/chunks")) ?? [])
        let complete = Set((try? FileManager.default.contentsOfDirectory(atPath: plan.folder + "/merged")) ?? [])
        for (index, clip) in plan.clips.enumerated() {
            if complete.contains(ShardPlan.digits(index) + ".json") { merged += 1 }
            for shard in clip.firstShard..<clip.firstShard + clip.shardCount {
                let isBegun = begun.contains(ShardPlan.digits(shard))
                let folder = plan.chunkFolder(shard)
                if isBegun, let record = folder.done {
                    done += 1
                    frames += record.frames
                    continue
                }
                open.append(shard)
                guard isBegun, let failure = folder.failure else { continue }
                failures.append(
                    Failure(
                        shard: shard, input: clip.input, message: failure.message,
                        isWorthRetrying: failure.isWorthRetrying, host: failure.host))
            }
        }
        shards = plan.shardCount
        (self.done, self.frames, self.merged, self.failures, self.open) = (done, frames, merged, failures, open)
        failed = failures.count
        missing = plan.shardCount - done - failures.count
        clips = plan.clips.count
    }

    /// As JSON with sorted keys.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
