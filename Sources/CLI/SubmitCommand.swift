import ArgumentParser
import MatteKit
import Shards

/// `matte submit slurm|kubernetes|openjd PLAN`.
struct SubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Hands a plan to a cluster's scheduler.",
        subcommands: [Slurm.self, Kubernetes.self, OpenJD.self])

    /// What all schedulers have in common.
    struct Needs: ParsableArguments {
        @Option(help: ArgumentHelp("Cores for a worker.", valueName: "count"))
        var cpus: Int?

        @Option(help: ArgumentHelp("Memory for a worker, such as 8G.", valueName: "amount"))
        var mem: String?

        @Option(
            help: ArgumentHelp(
                "`matte` as the workers find it. (default: this program for Slurm, else matte)", valueName: "path"))
        var program: String?

        func validate() throws {
            guard cpus ?? 1 >= 1 else { throw ValidationError("--cpus takes 1 or more") }
        }

        func worker() throws -> WorkerNeeds {
            var needs = WorkerNeeds()
            needs.cpus = cpus
            needs.memoryMebibytes = try mem.map(WorkerNeeds.mebibytes)
            return needs
        }
    }

    /// How hard a scheduler is to try.
    struct Effort: ParsableArguments {
        @Option(help: ArgumentHelp("Most workers at a time.", valueName: "count"))
        var parallel: Int?

        @Option(help: ArgumentHelp("Further attempts at a shard that may pass another time.", valueName: "count"))
        var retries = 5

        func validate() throws {
            guard parallel ?? 1 >= 1 else { throw ValidationError("--parallel takes 1 or more") }
            guard (0...1000).contains(retries) else { throw ValidationError("--retries takes 0 to 1000") }
        }

        func apply(to needs: inout WorkerNeeds) {
            needs.parallel = parallel
            needs.retries = retries
        }
    }

    struct Slurm: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Submits the shards that are not done as job arrays, and a job that merges after them.",
            discussion: "Workers write to PLAN/logs. A shard that ends with status 75 is queued again.")

        @Argument(help: "The plan's folder.")
        var plan: String

        @OptionGroup
        var needs: Needs

        @OptionGroup
        var effort: Effort

        @Option(help: ArgumentHelp("Generic resources, such as gpu:1.", valueName: "list"))
        var gres: String?

        @Option(help: ArgumentHelp("Time limit of a shard, as Slurm writes it.", valueName: "time"))
        var time: String?

        @Option(help: ArgumentHelp("The partition.", valueName: "name"))
        var partition: String?

        @Option(
            help: ArgumentHelp(
                "Any other option of sbatch, such as --account=film; may be repeated.", valueName: "option"))
        var sbatch: [String] = []

        @Flag(help: "Print the scripts, and submit nothing.")
        var print = false

        func run() throws {
            let plan = try ShardPlan(folder: plan)
            var options = sbatch
            for (name, value) in [("gres", gres), ("time", time), ("partition", partition)] {
                if let value { options.append("--\(name)=\(value)") }
            }
            guard options.allSatisfy({ $0.hasPrefix("--") && !$0.contains(where: \.isNewline) }) else {
                throw MatteError(.usage, "an option of sbatch is one line in its long form, such as --account=film")
            }
            var worker = try needs.worker()
            effort.apply(to: &worker)
            let submission = SlurmSubmission(
                plan: plan.folder, program: needs.program ?? ProgramLocation.executable ?? "matte", needs: worker,
                options: options)
            let open = PlanStatus(of: plan).open
            let arrays = submission.arrays(shards: open)
            if print {
                Swift.print((arrays + [submission.merge]).joined(separator: "\n"), terminator: "")
                return
            }
            var jobs: [String] = []
            for script in arrays { jobs.append(try ExternalProgram.sbatch(["--parsable"], script: script)) }
            var order = ["--parsable"]
            if !jobs.isEmpty { order.append("--dependency=afterany:" + jobs.joined(separator: ":")) }
            let merge = try ExternalProgram.sbatch(order, script: submission.merge)
            Console().say(
                line: jobs.isEmpty
                    ? "all shards are done; job \(merge) merges them"
                    : "\(open.count) shards are job \(jobs.joined(separator: ", ")); job \(merge) merges them")
        }
    }

    struct Kubernetes: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates an Indexed Job with an index for each shard, and a Job that merges after them.",
            discussion: """
                The merging Job waits until every shard is done or has failed for good. Where the last attempt at a \
                shard was killed nobody knows: delete the Job then, and run `matte merge PLAN`.
                """)

        @Argument(help: "The plan's folder.")
        var plan: String

        @Option(help: ArgumentHelp("The container image that has matte and the model.", valueName: "name"))
        var image: String

        @Option(
            help: ArgumentHelp(
                "A volume claim and the path at which it has the plan, the clips or the model; may be repeated.",
                valueName: "claim:/path"))
        var volume: [String] = []

        @OptionGroup
        var needs: Needs

        @OptionGroup
        var effort: Effort

        @Option(help: ArgumentHelp("GPUs for a worker.", valueName: "count"))
        var gpus: Int?

        @Flag(help: "Print the manifest, and create nothing.")
        var print = false

        func run() throws {
            let plan = try ShardPlan(folder: plan)
            var worker = try needs.worker()
            worker.gpus = gpus
            effort.apply(to: &worker)
            let job = try KubernetesJob(
                plan: plan.folder, shards: plan.shardCount, image: image, program: needs.program ?? "matte",
                needs: worker, volumes: try volume.map { try KubernetesJob.Volume($0) })
            if print {
                Swift.print(job.manifest, terminator: "")
            } else {
                Console().say(line: try ExternalProgram.run("kubectl", ["create", "-f", "-"], input: job.manifest))
            }
        }
    }

    struct OpenJD: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "openjd",
            abstract: "Prints a job template of Open Job Description, for render farms.",
            discussion: "A farm's own tool takes it from there. Plan and program are parameters of the job.")

        @Argument(help: "The plan's folder.")
        var plan: String

        @OptionGroup
        var needs: Needs

        @Option(help: ArgumentHelp("GPUs for a worker.", valueName: "count"))
        var gpus: Int?

        @Flag(help: "Print the template, as is done without it too.")
        var print = false

        func run() throws {
            let plan = try ShardPlan(folder: plan)
            var worker = try needs.worker()
            worker.gpus = gpus
            let template = OpenJDTemplate(
                plan: plan.folder, shards: plan.shardCount, program: needs.program ?? "matte", needs: worker)
            Swift.print(template.yaml, terminator: "")
        }
    }
}
