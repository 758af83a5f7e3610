import Foundation
import TestSupport
import Testing

/// `matte plan`, `work`, `status`, `merge` and `submit` as a person types them.
struct PlanTests {
    @Test func aPlanIsWorkedOnAndMerged() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("a.mp4"))
        try TestClips.clip(folder.path("b c.mp4"))
        let plan = folder.path("plan")
        func matte(_ arguments: [String], _ environment: [String: String] = [:]) throws -> MatteTool.Outcome {
            try MatteTool.run(arguments, environment: environment, folder: folder.url)
        }
        #expect(try matte(["plan", "a.mp4", "b c.mp4", "-o", "plan", "--background", "white"]).status == 0)
        #expect(try matte(["plan", "a.mp4", "-o", "plan"]).status == 73)
        let first = try matte(["work", plan], ["SLURM_ARRAY_TASK_ID": "0"])
        #expect(first.status == 0, "\(first.errors)")
        #expect(
            try matte(["status", "plan"]).output == "1 of 2 shards done, 0 failed, 1 missing\n0 of 2 clips complete\n")
        let early = try matte(["merge", "plan"])
        #expect(early.status == 66)
        #expect(early.errors.contains("shard 1 is not done"))
        #expect(try TestClips.names(in: plan + "/results") == ["a_matte.mp4"])
        let hasty = try matte(["status", "plan", "--wait", "--timeout", "1s"])
        #expect(hasty.status == 75 && hasty.errors.contains("1 of 2 shards are not done"), "\(hasty.errors)")
        // Begun before the last shard, it is over after it.
        let merge = try MatteTool.start(["merge", plan, "--wait"])
        #expect(try matte(["work", plan], ["JOB_COMPLETION_INDEX": "1"]).status == 0)
        #expect(merge.wait().status == 0)
        #expect(try matte(["status", "plan", "--wait"]).status == 0)
        let again = try matte(["work", plan, "--shard", "1"])
        #expect(again.status == 0)
        #expect(again.errors.contains("was done already"))
        #expect(try matte(["merge", "plan"]).status == 0)
        #expect(try TestClips.names(in: plan + "/results") == ["a_matte.mp4", "b c_matte.mp4"])
        #expect(try TestClips.probe(plan + "/results/b c_matte.mp4", "v:0", "stream=nb_frames") == ["12"])
        let status = try JSONSerialization.jsonObject(with: Data(matte(["status", "plan", "--json"]).output.utf8))
        #expect((status as? [String: Any])?["merged"] as? Int == 2)
    }

    @Test func whatCannotBeIsNamed() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("a.mp4"))
        func matte(_ arguments: String...) throws -> MatteTool.Outcome {
            try MatteTool.run(arguments, folder: folder.url)
        }
        #expect(try matte("plan", "a.mp4", "none.mp4", "-o", "plan").status == 66)
        #expect(try matte("plan", "a.mp4", "-o", "plan", "--chunk", "soon").status == 64)
        #expect(try matte("plan", "a.mp4", "-o", "plan", "--ratio", "2").status == 64)
        #expect(try matte("work", "plan", "--shard", "0").status == 66)
        #expect(try matte("plan", "a.mp4", "-o", "plan").status == 0)
        #expect(try matte("work", "plan", "--shard", "1").status == 64)
        #expect(try matte("work", "plan").status == 64)
        #expect(try matte("submit", "kubernetes", "plan", "--image", "x", "--print").status == 64)
        #expect(try matte("submit", "slurm", "plan", "--mem", "much", "--print").status == 64)
    }

    @Test func submissionsReadAsRecorded() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("a.mp4"))
        #expect(try MatteTool.run(["plan", "a.mp4", "-o", "plan"], folder: folder.url).status == 0)
        let common = [
            "plan", "--program", "/usr/bin/matte", "--cpus", "4", "--mem", "8G", "--print",
        ]
        for (name, more) in [
            ("slurm", ["--parallel", "10", "--gres", "gpu:1", "--time", "2:00:00", "--sbatch=--account=film"]),
            (
                "kubernetes",
                [
                    "--image", "registry.example/matte:1", "--volume", "clips:" + folder.path(""), "--gpus", "1",
                    "--parallel", "10",
                ]
            ),
            ("openjd", ["--gpus", "1"]),
        ] {
            let outcome = try MatteTool.run(["submit", name] + common + more, folder: folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
            Snapshot.expect(outcome.output.replacing(folder.path(""), with: "FOLDER"), matches: "submit-\(name)")
        }
    }
}
