import MatteKit
import Shards
import Testing

struct ShardEnvironmentTests {
    @Test(
        arguments: [
            ([:], nil, 0), (["SLURM_ARRAY_TASK_ID": "7", "SLURM_RESTART_COUNT": "2"], 7, 2),
            (["JOB_COMPLETION_INDEX": "0"], 0, 0),
            (["AWS_BATCH_JOB_ARRAY_INDEX": "3", "AWS_BATCH_JOB_ATTEMPT": "2"], 3, 1),
            (["SLURM_ARRAY_TASK_ID": "", "JOB_COMPLETION_INDEX": "5"], 5, 0),
        ] as [([String: String], Int?, Int)])
    func schedulersAreUnderstood(variables: [String: String], shard: Int?, attempt: Int) throws {
        let asked = try ShardEnvironment(variables)
        #expect(asked.shard == shard)
        #expect(asked.attempt == attempt)
    }

    @Test func whatIsNoNumberIsNamed() {
        let error = #expect(throws: MatteError.self) { try ShardEnvironment(["SLURM_ARRAY_TASK_ID": "x1"]) }
        #expect(error?.message.contains("SLURM_ARRAY_TASK_ID") == true)
    }
}
