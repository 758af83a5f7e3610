import Foundation
import MatteKit
import Shards
import TestSupport
import Testing

/// The templates, read by the schedulers' own tools where those can be had without a cluster.
struct SubmissionTests {
    private static let plan = "/data/it's a \"plan\" $HOME\n🙂"

    /// Runs a program of `.deps/python`, or of the system.
    private func run(_ program: String, _ arguments: [String], input: String? = nil) throws -> (
        status: Int32, output: String
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let (source, answer) = (Pipe(), Pipe())
        process.standardInput = source
        process.standardOutput = answer
        process.standardError = answer
        try process.run()
        try source.fileHandleForWriting.write(contentsOf: Data((input ?? "").utf8))
        try source.fileHandleForWriting.close()
        let output = answer.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    private func installed(_ program: String) -> String {
        RealModel.packageRoot.appending(path: ".deps/python/bin/\(program)").path
    }

    private var needs: WorkerNeeds {
        get throws {
            var needs = WorkerNeeds()
            needs.cpus = 4
            needs.gpus = 1
            needs.memoryMebibytes = try WorkerNeeds.mebibytes("8G")
            needs.parallel = 3
            return needs
        }
    }

    @Test func aKubernetesJobIsOneThatKubernetesTakes() throws {
        let folder = try TemporaryFolder()
        for (number, plan) in ["/data/plan", Self.plan].enumerated() {
            let job = try KubernetesJob(
                plan: plan, shards: 12, image: "registry.example/matte:1", program: "matte",
                needs: number == 0 ? needs : .init(),
                volumes: [.init("clips:/data"), .init("models:/models")])
            // The work, and the merge that waits for it.
            let documents = job.manifest.components(separatedBy: "\n---\n")
            #expect(documents.count == 2 && documents.last?.contains("merge, ") == true, "\(job.manifest)")
            for (index, document) in documents.enumerated() {
                let file = folder.path("job-\(number)-\(index).yaml")
                try Data(document.utf8).write(to: URL(fileURLWithPath: file))
                let outcome = try run(installed("kubernetes-validate"), ["--strict", file])
                #expect(outcome.status == 0, "\(outcome.output)\n\(document)")
            }
        }
        // The validator can say no.
        let file = folder.path("wrong.yaml")
        try Data("apiVersion: batch/v1\nkind: Job\nspec: {completions: many, colour: red}\n".utf8)
            .write(to: URL(fileURLWithPath: file))
        #expect(try run(installed("kubernetes-validate"), ["--strict", file]).status != 0)
    }

    @Test func anOpenJDTemplateIsOneThatFarmsTake() throws {
        let folder = try TemporaryFolder()
        for (number, shards) in [1, 12, 1_000].enumerated() {
            let template = OpenJDTemplate(
                plan: number == 0 ? "/data/it's a \"plan\"" : "/data/plan", shards: shards, program: "/usr/bin/matte",
                needs: number == 1 ? try needs : .init())
            let file = folder.path("\(number).yaml")
            try Data(template.yaml.utf8).write(to: URL(fileURLWithPath: file))
            let outcome = try run(installed("openjd"), ["check", file])
            #expect(outcome.status == 0, "\(outcome.output)\n\(template.yaml)")
            let summary = try run(installed("openjd"), ["summary", file])
            #expect(summary.output.contains("\(shards)"), "\(summary.output)")
        }
    }

    @Test func aSlurmScriptIsAShellScriptWhateverTheNames() throws {
        let submission = SlurmSubmission(
            plan: Self.plan, program: "/opt/my tools/matte", needs: try needs, options: ["--time=2:00:00"])
        let scripts = submission.arrays(shards: [0, 1, 2, 5]) + [submission.merge]
        for script in scripts {
            let outcome = try run("bash", ["-n"], input: script)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
        let array = try #require(scripts.first)
        for line in [
            "--array=0-2,5%3", "--cpus-per-task=4", "--mem=8192M", "--gres=gpu:1", "--time=2:00:00", "--requeue",
        ] {
            #expect(array.contains("\n#SBATCH \(line)\n"), "\(line)")
        }
        // The shell reads the plan's name as it is.
        let assignment = try #require(array.firstRange(of: /plan='(?s:.*?)'\n(?=shard=)/)).lowerBound..<array.endIndex
        let head = array[assignment].components(separatedBy: "\nshard=")[0]
        #expect(try run("bash", [], input: head + "\nprintf %s \"$plan\"").output == Self.plan)
    }

    @Test func manyShardsAreSeveralArrays() throws {
        let submission = SlurmSubmission(plan: "/plan", program: "matte", needs: .init(), options: [])
        let arrays = submission.arrays(shards: Array(0..<2_500))
        #expect(arrays.count == 3)
        #expect(arrays[2].contains("#SBATCH --array=0-499\n"))
        #expect(arrays[2].contains("shard=$((2000 + SLURM_ARRAY_TASK_ID))"))
        #expect(submission.arrays(shards: []).isEmpty)
    }

    @Test func amountsOfMemoryAreUnderstood() throws {
        for (text, expected) in [("8G", 8192), ("512M", 512), ("700", 700), ("0.5t", 524_288), ("1K", 1)] {
            #expect(try WorkerNeeds.mebibytes(text) == expected)
        }
        for text in ["", "G", "-1G", "8 GB", "nan", "1e99G"] {
            #expect(throws: MatteError.self, "\(text)") { try WorkerNeeds.mebibytes(text) }
        }
        #expect(throws: MatteError.self) { try KubernetesJob.Volume("clips") }
    }
}
