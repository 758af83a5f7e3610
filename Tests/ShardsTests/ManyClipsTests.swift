import Foundation
import Frames
import MatteKit
import Shards
import TestSupport
import Testing

struct ManyClipsTests {
    /// Ten thousand names of one clip.
    @Test func tenThousandClipsArePlannedAndCounted() throws {
        InstalledRuntime.located
        let folder = try TemporaryFolder()
        try PlanFixture.writeModel(into: folder)
        try PlanFixture.writeClip(folder.path("clip.mp4"), shots: ["testsrc2"])
        let count = 10_000
        let settings = [RunSetting(name: "model", value: folder.path("tiny.onnx"))]
        let clips = try (0..<count).map { number in
            let input = folder.path("in-\(number).mp4")
            try FileManager.default.linkItem(atPath: folder.path("clip.mp4"), toPath: input)
            return PlanRequest.Clip(input: input, output: folder.path("out/\(number).mp4"), settings: settings)
        }
        let plan = try Planner(PlanRequest(folder: folder.path("plan"), clips: clips, program: "1")).make()
        #expect(plan.shardCount == count)
        let read = try ShardPlan(folder: plan.folder)
        #expect(read.clips.map(\.input) == clips.map(\.input))
        // A shard in the middle is the clip in the middle.
        _ = try ShardWorker(read, shard: 7_777, program: "1").run()
        let status = PlanStatus(of: read)
        #expect((status.done, status.missing, status.frames) == (1, count - 1, PlanFixture.shotFrames))
        #expect(!status.open.contains(7_777))
    }
}
