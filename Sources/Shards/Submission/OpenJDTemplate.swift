/// A plan as a job template of Open Job Description (jobtemplate-2023-09), which render farms take.
///
/// The plan's folder is a text and not a path to a farm: it is not mapped, as the absolute paths in the plan are not.
public struct OpenJDTemplate: Sendable {
    private let plan: String
    private let shards: Int
    private let program: String
    private let needs: WorkerNeeds

    /// - Parameters:
    ///   - plan: its absolute folder; a parameter of the job, for farms that see it elsewhere.
    ///   - program: `matte` as workers find it; a parameter too.
    public init(plan: String, shards: Int, program: String, needs: WorkerNeeds) {
        (self.plan, self.shards, self.program, self.needs) = (plan, shards, program, needs)
    }

    /// The merge waits until every shard is done.
    public var yaml: String {
        """
        specificationVersion: jobtemplate-2023-09
        name: matte
        parameterDefinitions:
        - {name: Plan, type: STRING, default: \(KubernetesJob.text(plan))}
        - {name: Matte, type: STRING, default: \(KubernetesJob.text(program))}
        steps:
        - name: Work
          parameterSpace:
            taskParameterDefinitions:
            - {name: Shard, type: INT, range: "\(shards == 1 ? "0" : "0-\(shards - 1)")"}
        \(requirements)  script:
            actions:
              onRun:
                command: "{{Param.Matte}}"
                args: [work, "{{Param.Plan}}", --shard, "{{Task.Param.Shard}}"]
                cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: \(needs.graceSeconds)}
        - name: Merge
          dependencies:
          - {dependsOn: Work}
          script:
            actions:
              onRun:
                command: "{{Param.Matte}}"
                args: [merge, "{{Param.Plan}}"]

        """
    }

    private var requirements: String {
        let amounts = [("vcpu", needs.cpus), ("memory", needs.memoryMebibytes), ("gpu", needs.gpus)]
            .compactMap { name, amount in amount.map { "    - {name: amount.worker.\(name), min: \($0)}\n" } }
        return amounts.isEmpty ? "" : "  hostRequirements:\n    amounts:\n" + amounts.joined()
    }
}
