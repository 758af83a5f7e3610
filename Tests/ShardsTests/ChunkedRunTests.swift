import Foundation
import Frames
import MatteKit
import Shards
import TestSupport
import Testing

/// Plan, work and merge against one long run.
struct ChunkedRunTests {
    @Test func chunksBeginAtScenesAndGiveTheSameBits() throws {
        let fixture = try PlanFixture()
        let alpha = fixture.folder.path("alpha.mkv")
        let plan = try Planner(fixture.request(settings: fixture.settings(["codec": "ffv1", "output-alpha": alpha])))
            .make()
        let chunks = try #require(plan.clips.first).chunks
        // 24 frames a second in steps of 1/12288 s.
        #expect(chunks.map(\.span.first) == (0..<4).map { Int64($0 * PlanFixture.shotFrames * 512) })
        #expect(chunks.allSatisfy { $0.isExact })
        try fixture.work(plan)
        #expect(PlanMerger(plan).run().failures.isEmpty)

        let wholeAlpha = fixture.folder.path("whole-alpha.mkv")
        let whole = try fixture.runWhole(
            "whole.mkv", settings: fixture.settings(["codec": "ffv1", "output-alpha": wholeAlpha]))
        let merged = fixture.folder.path("out.mkv")
        #expect(try OutputProbe.pixels(merged, format: "bgra") == OutputProbe.pixels(whole, format: "bgra"))
        #expect(try OutputProbe.pixels(alpha, format: "gray") == OutputProbe.pixels(wholeAlpha, format: "gray"))
        #expect(try OutputProbe.frameTimes(merged) == OutputProbe.frameTimes(whole))
        let times = try OutputProbe.frameTimes(merged)
        #expect(times.count == PlanFixture.frames)
        #expect(try Self.sound(merged) == Self.sound(whole))
    }

    /// Codecs that reorder pictures, in containers that keep exact times, with a start in the middle of the clip.
    @Test(arguments: [("mp4", "h264", "0.5"), ("mov", "hevc", "0"), ("webm", "vp9", "0"), ("mkv", "h264", "1")])
    func timesAndSoundAreThoseOfOneLongRun(kind: String, codec: String, start: String) throws {
        let fixture = try PlanFixture()
        let settings = fixture.settings([
            "codec": codec, "encoder-preset": "ultrafast", "start": start, "background": "white",
        ])
        let plan = try Planner(fixture.request(output: "out.\(kind)", settings: settings)).make()
        #expect(plan.shardCount > 1)
        try fixture.work(plan)
        #expect(PlanMerger(plan).run().failures.isEmpty)
        let (merged, whole) = (
            fixture.folder.path("out.\(kind)"), try fixture.runWhole("whole.\(kind)", settings: settings)
        )
        #expect(try OutputProbe.frameTimes(merged) == OutputProbe.frameTimes(whole))
        #expect(try Self.sound(merged) == Self.sound(whole))
        let keys = [
            "codec_name", "width", "height", "pix_fmt", "color_space", "color_range", "codec_tag_string", "duration",
            "avg_frame_rate",
        ]
        let (one, other) = (try OutputProbe.stream(merged), try OutputProbe.stream(whole))
        for key in keys { #expect(one[key] == other[key], "\(key)") }
        // Decodes from one end to the other without a word.
        try FFmpegTool.run(["-xerror", "-i", merged, "-f", "null", "-"])
    }

    @Test func aStoppedWorkerKeepsItsPiecesAndTheNextGoesOnWithTheSameBits() throws {
        let fixture = try PlanFixture()
        let plan = try Planner(fixture.request(chunkSeconds: 60)).make()
        #expect(plan.shardCount == 1)
        // One chunk of four shots: pieces end after a second, wherever that is in a shot.
        var request = fixture.request("long", output: "long.mkv", chunkSeconds: 7)
        request.checkpointSeconds = 1
        let long = try Planner(request).make()
        #expect(long.shardCount == 2)
        var stops = 0
        while stops < 20 {
            let worker = try ShardWorker(long, shard: 0, program: "1")
            do throws(MatteError) {
                // A little more than a piece at a time.
                _ = try worker.run(progress: { if $0.frames >= 30 { worker.cancel() } })
                break
            } catch {
                #expect(error.kind == .tryAgain)
                stops += 1
            }
        }
        #expect((3..<20).contains(stops))
        #expect(try ShardWorker(long, shard: 0, program: "1").run() == .wasDone)
        _ = try ShardWorker(long, shard: 1, program: "1").run()
        #expect(PlanMerger(long).run().failures.isEmpty)
        let whole = try fixture.runWhole("whole.mkv")
        #expect(
            try OutputProbe.pixels(fixture.folder.path("long.mkv"), format: "bgra")
                == OutputProbe.pixels(whole, format: "bgra"))
    }

    @Test func twoWorkersOfOneShardLoseNothing() throws {
        let fixture = try PlanFixture()
        let plan = try Planner(fixture.request()).make()
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            for shard in 0..<plan.shardCount { _ = try? ShardWorker(plan, shard: shard, program: "1").run() }
        }
        #expect(PlanStatus(of: plan).done == plan.shardCount)
        #expect(PlanMerger(plan).run().failures.isEmpty)
        let whole = try fixture.runWhole("whole.mkv")
        #expect(
            try OutputProbe.pixels(fixture.folder.path("out.mkv"), format: "bgra")
                == OutputProbe.pixels(whole, format: "bgra"))
    }

    /// Digests of the sound's packets with their times.
    private static func sound(_ path: String) throws -> [String] {
        try OutputProbe.packets(path, "a:0").map { "\($0["pts_time"] ?? "") \($0["data_hash"] ?? "")" }
    }
}
