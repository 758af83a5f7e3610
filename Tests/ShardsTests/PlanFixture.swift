import FFmpeg
import Foundation
import MatteKit
import Shards
import TestSupport

/// A clip of four shots with sound, a network that forgets by half with every frame or slower, and plans for them.
struct PlanFixture {
    let folder: TemporaryFolder
    let clip: String
    /// Frames per shot, at 24 a second.
    static let shotFrames = 72
    static let frames = 4 * shotFrames

    /// - Parameters:
    ///   - shots: sources of FFmpeg's; none for a clip that the test writes.
    ///   - kept: of what the network remembers, from frame to frame.
    init(
        name: String = "in.mp4", shots: [String] = ["testsrc2", "mandelbrot", "smptebars", "rgbtestsrc"],
        kept: Float = 0.5
    ) throws {
        InstalledRuntime.located
        folder = try TemporaryFolder()
        clip = folder.path(name)
        try Self.writeModel(into: folder, kept: kept)
        if !shots.isEmpty { try Self.writeClip(clip, shots: shots) }
    }

    static func writeModel(into folder: TemporaryFolder, kept: Float = 0.5) throws {
        let bytes = TinyOnnx.recurrent(kept: kept)
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path("tiny.onnx")))
        let card = """
            name: tiny
            title: Tiny
            kind: recurrent
            sha256: \(try bytes.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) })
            licence: MIT
            commercial-use: yes
            inputs: { picture: src, ratio: downsample_ratio, states: [r1i] }
            outputs: { alpha: pha, foreground: fgr, states: [r1o] }
            """
        try Data(card.utf8).write(to: URL(fileURLWithPath: folder.path("tiny.yaml")))
    }

    static func writeClip(_ path: String, shots: [String]) throws {
        let seconds = Double(shotFrames) / 24
        let sources = shots.flatMap { ["-f", "lavfi", "-t", "\(seconds)", "-i", "\($0)=size=96x64:rate=24"] }
        let graph =
            shots.indices.map { "[\($0):v]setsar=1,format=yuv420p[s\($0)];" }.joined()
            + shots.indices.map { "[s\($0)]" }.joined() + "concat=n=\(shots.count)[v]"
        try FFmpegTool.run(
            sources + [
                "-f", "lavfi", "-i", "sine=440", "-filter_complex", graph, "-map", "[v]", "-map", "\(shots.count):a",
                "-frames:v", "\(shotFrames * shots.count)", "-shortest", "-c:v", "libx264", "-preset", "ultrafast",
                "-g",
                "24", "-colorspace", "bt709", "-color_range", "tv", "-c:a", "aac", path,
            ])
    }

    func settings(_ more: KeyValuePairs<String, String> = ["codec": "ffv1"]) -> [RunSetting] {
        [RunSetting(name: "model", value: folder.path("tiny.onnx")), RunSetting(name: "engine", value: "onnxruntime")]
            + more.map { RunSetting(name: $0, value: $1) }
    }

    func request(
        _ plan: String = "plan", output: String = "out.mkv", settings: [RunSetting]? = nil, chunkSeconds: Double = 2
    ) -> PlanRequest {
        var request = PlanRequest(
            folder: folder.path(plan),
            clips: [.init(input: clip, output: folder.path(output), settings: settings ?? self.settings())],
            program: "1")
        request.chunkSeconds = chunkSeconds
        request.checkpointSeconds = 1
        return request
    }

    /// What one long run gives.
    func runWhole(_ output: String, settings: [RunSetting]? = nil) throws -> String {
        var options = RunOptions(input: clip, output: folder.path(output))
        try (settings ?? self.settings()).apply(to: &options)
        _ = try MatteJob(options).run()
        return folder.path(output)
    }

    func work(_ plan: ShardPlan, program: String = "1") throws {
        for shard in 0..<plan.shardCount { _ = try ShardWorker(plan, shard: shard, program: program).run() }
    }
}

extension PlanMerger.Report {
    var kinds: [MatteError.Kind] { failures.map(\.kind) }
}
