/// A plan as Slurm's job arrays, and a job that merges after them.
public struct SlurmSubmission: Sendable {
    private let plan: String
    private let program: String
    private let needs: WorkerNeeds
    /// Lines for `#SBATCH`, such as "--partition=gpu".
    private let options: [String]

    /// Tasks of one array: Slurm's `MaxArraySize` is 1001 unless a site says otherwise, and counts from 0.
    static let arrayTasks = 1000

    /// - Parameters:
    ///   - plan: its absolute folder.
    ///   - program: `matte` as the nodes find it.
    ///   - options: further options of `sbatch`, such as "--gres=gpu:1" or "--time=2:00:00", in their long form.
    public init(plan: String, program: String, needs: WorkerNeeds, options: [String]) {
        (self.plan, self.program, self.needs, self.options) = (plan, program, needs, options)
    }

    /// Scripts for the shards that are not done, each for an array.
    public func arrays(shards: [Int]) -> [String] {
        Dictionary(grouping: shards) { $0 / Self.arrayTasks }.sorted { $0.key < $1.key }.map { group, shards in
            array(shards: shards, offset: group * Self.arrayTasks)
        }
    }

    private func array(shards: [Int], offset: Int) -> String {
        var lines = ["--job-name=matte", "--array=" + Self.spans(shards.map { $0 - offset })]
        if let parallel = needs.parallel { lines[1] += "%\(parallel)" }
        lines += ["--requeue", "--open-mode=append", "--signal=B:TERM@\(needs.graceSeconds)", "--output=/dev/null"]
        lines += resources + options
        let shard = offset == 0 ? "$SLURM_ARRAY_TASK_ID" : "$((\(offset) + SLURM_ARRAY_TASK_ID))"
        // --signal reaches only this shell, so it is passed on. 75 is tried again, whether the site has RequeueExit=75 or
        // not; at last it becomes 70, for a site that has it would go on for ever.
        return """
            #!/bin/bash
            \(lines.map { "#SBATCH " + $0 }.joined(separator: "\n"))
            plan=\(ShellWord.quoted(plan))
            shard=\(shard)
            mkdir -p "$plan/logs" && exec >>"$plan/logs/$shard.txt" 2>&1
            \(ShellWord.quoted(program)) work "$plan" --shard "$shard" &
            worker=$!
            trap 'kill -TERM "$worker" 2>/dev/null' TERM
            while :; do wait "$worker"; status=$?; kill -0 "$worker" 2>/dev/null || break; done
            if [ "$status" -eq 75 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt \(needs.retries) ]; then
              trap '' TERM
              scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 30
            fi
            [ "$status" -eq 75 ] && status=70
            exit "$status"

            """
    }

    /// The script of the job that merges; it is to begin when the arrays have ended, however.
    public var merge: String {
        """
        #!/bin/bash
        #SBATCH --job-name=matte-merge
        #SBATCH --output=/dev/null
        \(options.filter { $0.hasPrefix("--partition") || $0.hasPrefix("--account") || $0.hasPrefix("--qos") }
            .map { "#SBATCH " + $0 + "\n" }.joined())# Submitted with --dependency=afterany:JOB, for every array.
        plan=\(ShellWord.quoted(plan))
        mkdir -p "$plan/logs" && exec >>"$plan/logs/merge.txt" 2>&1
        \(ShellWord.quoted(program)) merge "$plan"

        """
    }

    private var resources: [String] {
        var lines: [String] = []
        if let cpus = needs.cpus { lines.append("--cpus-per-task=\(cpus)") }
        if let memory = needs.memoryMebibytes { lines.append("--mem=\(memory)M") }
        if let gpus = needs.gpus { lines.append("--gres=gpu:\(gpus)") }
        return lines
    }

    /// "0-3,5" for 0, 1, 2, 3, 5.
    static func spans(_ numbers: [Int]) -> String {
        var spans: [ClosedRange<Int>] = []
        for number in numbers.sorted() {
            if let last = spans.last, last.upperBound == number - 1 {
                spans[spans.count - 1] = last.lowerBound...number
            } else {
                spans.append(number...number)
            }
        }
        return spans.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
