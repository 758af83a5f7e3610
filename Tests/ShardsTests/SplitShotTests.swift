import Foundation
import Frames
import MatteKit
import Shards
import TestSupport
import Testing

/// Chunks that begin within a shot, against one long run.
struct SplitShotTests {
    /// What `done.json` says of the warm-up.
    private func warmUp(_ plan: ShardPlan, shard: Int) throws -> SegmentWarmUp.Figures? {
        struct Done: Decodable { var warmUp: SegmentWarmUp.Figures? }
        let path = plan.folder + "/chunks/0000\(shard)/done.json"
        return try JSONDecoder().decode(Done.self, from: Data(contentsOf: URL(fileURLWithPath: path))).warmUp
    }

    /// Does all of a plan for a clip, and a run over the whole.
    ///
    /// - Returns: alpha of both, of 8 bits, picture after picture.
    private func alphas(
        _ input: String, in folder: TemporaryFolder, settings: [RunSetting], chunkSeconds: Double
    ) throws -> (plan: ShardPlan, chunked: [UInt8], whole: [UInt8]) {
        func named(_ alpha: String) -> [RunSetting] {
            settings + [
                RunSetting(name: "codec", value: "ffv1"), RunSetting(name: "output-alpha", value: folder.path(alpha)),
            ]
        }
        var request = PlanRequest(
            folder: folder.path("plan"),
            clips: [.init(input: input, output: folder.path("out.mkv"), settings: named("alpha.mkv"))], program: "1")
        request.chunkSeconds = chunkSeconds
        request.splitsShots = true
        let plan = try Planner(request, notice: { Issue.record("\($0)") }).make()
        for shard in 0..<plan.shardCount { _ = try ShardWorker(plan, shard: shard, program: "1").run() }
        #expect(PlanMerger(plan).run().failures.isEmpty)
        var options = RunOptions(input: input, output: folder.path("whole.mkv"))
        try named("whole-alpha.mkv").apply(to: &options)
        _ = try MatteJob(options).run()
        let chunked = try OutputProbe.pixels(folder.path("alpha.mkv"), format: "gray")
        let whole = try OutputProbe.pixels(folder.path("whole-alpha.mkv"), format: "gray")
        #expect(try OutputProbe.frameTimes(folder.path("out.mkv")) == OutputProbe.frameTimes(folder.path("whole.mkv")))
        return (plan, Array(chunked), Array(whole))
    }

    /// Keeping 95 % from frame to frame, 64 frames leave 4 % of what was different at the beginning and 128 leave 0.1 %: the
    /// warm-up that agrees with one of half its length is that of 256.
    @Test func theWarmUpIsAsLongAsTheNetworkRemembers() throws {
        let fixture = try PlanFixture(shots: [], kept: 0.95)
        let size = (width: 48, height: 32)
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "mandelbrot=size=\(size.width)x\(size.height):rate=24", "-frames:v", "510", "-c:v",
            "libx264", "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-g", "24", fixture.clip,
        ])
        let (plan, chunked, whole) = try alphas(
            fixture.clip, in: fixture.folder, settings: fixture.settings([:]), chunkSeconds: 6)
        #expect(plan.clips[0].chunks.map(\.isExact) == [true, false, false, false])
        #expect(try warmUp(plan, shard: 0) == nil)
        // The first of these two is too near to the clip's beginning to be worth a guess.
        let near = try #require(try warmUp(plan, shard: 1))
        #expect((near.frames, near.isExact) == (144, true))
        let far = try #require(try warmUp(plan, shard: 3))
        #expect((far.frames, far.isExact) == (256, false))
        let differing = try #require(far.differingShare)
        #expect(differing <= 0.001)

        // 144 frames that are the same, whatever the network remembers, and then three chunks.
        let chunk = 144 * size.width * size.height
        #expect(chunked.count == whole.count && whole.count == 510 * size.width * size.height)
        #expect(chunked.prefix(2 * chunk) == whole.prefix(2 * chunk))
        for start in stride(from: 0, to: whole.count, by: chunk) {
            let pixels = start..<min(start + chunk, whole.count)
            let far = pixels.count { abs(Int(chunked[$0]) - Int(whole[$0])) > 1 }
            #expect(Double(far) <= 0.001 * Double(pixels.count), "\(far) of \(pixels)")
        }
    }

    /// A network that never forgets is shown the shot from its beginning, and a cut on the way is such a beginning.
    @Test(arguments: [(["mandelbrot"], 1.5, 24), (["testsrc2", "mandelbrot", "testsrc2"], 5, 64)])
    func whatBeginsWithTheShotIsTheSameBitByBit(shots: [String], chunkSeconds: Double, frames: Int) throws {
        let fixture = try PlanFixture(shots: shots, kept: 0.998)
        let (plan, chunked, whole) = try alphas(
            fixture.clip, in: fixture.folder, settings: fixture.settings([:]), chunkSeconds: chunkSeconds)
        #expect(plan.shardCount == 2 && plan.clips[0].chunks[1].isExact == false)
        let warmUp = try #require(try warmUp(plan, shard: 1))
        #expect((warmUp.frames, warmUp.isExact) == (frames, true))
        #expect(chunked == whole)
    }

    /// A worker that was stopped behind the warm-up goes on behind it.
    @Test func aWarmUpIsKept() throws {
        let fixture = try PlanFixture(shots: ["mandelbrot"], kept: 0.9)
        var request = fixture.request(chunkSeconds: 1.5)
        request.splitsShots = true
        let plan = try Planner(request).make()
        let worker = try ShardWorker(plan, shard: 1, program: "1")
        #expect(throws: MatteError.self) { try worker.run(progress: { _ in worker.cancel() }) }
        let state = plan.folder + "/chunks/00001/warm-up.state"
        #expect(FileManager.default.fileExists(atPath: state))
        _ = try ShardWorker(plan, shard: 1, program: "1").run()
        #expect(!FileManager.default.fileExists(atPath: state))
        #expect(try warmUp(plan, shard: 1)?.frames == 24)
    }

    /// The published network on a real clip: a second chunk that begins in the middle of the only shot.
    @Test func thePublishedNetworkIsBroughtToWhereOneLongRunIs() throws {
        InstalledRuntime.located
        let folder = try TemporaryFolder()
        let (_, chunked, whole) = try alphas(
            try DemoClip.path(), in: folder, settings: [RunSetting(name: "model", value: try RealModel.path())],
            chunkSeconds: 2.5)
        #expect(whole.count == 120 * 176 * 144 && chunked.count == whole.count)
        let far = zip(chunked, whole).count { abs(Int($0) - Int($1)) > 1 }
        #expect(Double(far) <= 0.001 * Double(whole.count))
    }
}
