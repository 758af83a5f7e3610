public import Frames

/// Which shard a scheduler wants done, and for which time: schedulers say so in the environment.
///
/// Shards are counted from 0, whatever the scheduler does; its array should begin at 0 too.
public struct ShardEnvironment: Sendable, Hashable {
    /// Nil where nobody says.
    public let shard: Int?
    /// 0 for the first attempt.
    public let attempt: Int

    /// Slurm's job arrays, Kubernetes' indexed jobs, AWS Batch's array jobs.
    public static let shardVariables = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX"]
    private static let attemptVariables = [("SLURM_RESTART_COUNT", 0), ("AWS_BATCH_JOB_ATTEMPT", 1)]

    /// - Throws: `.usage` for a variable that is there, but no number.
    public init(_ variables: [String: String]) throws(MatteError) {
        func number(_ name: String) throws(MatteError) -> Int? {
            guard let text = variables[name], !text.isEmpty else { return nil }
            guard let number = Int(text), number >= 0 else {
                throw MatteError(.usage, "\(name) is '\(text)', not a number from 0 up", advice: "give --shard instead")
            }
            return number
        }
        var shard: Int?
        for name in Self.shardVariables where shard == nil { shard = try number(name) }
        var attempt: Int?
        for (name, first) in Self.attemptVariables where attempt == nil {
            attempt = try number(name).map { max(0, $0 - first) }
        }
        self.shard = shard
        self.attempt = attempt ?? 0
    }
}
