import Foundation
import TestSupport
import Testing

/// The same bits whatever the queues and threads, and memory that does not grow with the clip.
struct SteadinessTests {
    @Test func queuesAndThreadsDoNotChangeABit() throws {
        let folder = try TemporaryFolder()
        let clip = folder.path("in.mp4")
        try TestClips.clip(clip, frames: 14, size: "160x120")
        var hashes: [[String]] = []
        for (index, setting) in [["1", "1"], ["8", "1"], ["1", "2"], ["8", "2"]].enumerated() {
            let (out, alpha) = (folder.path("\(index).mkv"), folder.path("\(index)-alpha.mkv"))
            let outcome = try MatteTool.run([
                "run", clip, "-o", out, "--output-alpha", alpha, "--queue", setting[0], "--threads", setting[1],
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let colour = try TestClips.frameHashes(out, format: "bgra")
            hashes.append(try colour + TestClips.frameHashes(alpha, format: "gray"))
        }
        #expect(hashes[0].count == 28)
        #expect(hashes.allSatisfy { $0 == hashes[0] })
    }

    /// The same with a clean plate under somebody who is drawn, in front of a wall whose pattern repeats nowhere.
    @Test func queuesAndThreadsDoNotChangeABitOfAPlate() throws {
        let folder = try TemporaryFolder()
        let (clip, plate) = (folder.path("in.mkv"), folder.path("plate.png"))
        func wall(_ channel: Int) -> String { "(110+50*sin(X*X/900+Y/\(9 + channel))+40*cos(Y*Y/700-X/13))" }
        func person(_ cloth: Int, _ skin: Int, _ channel: Int) -> String {
            "if(lt(hypot((X-160-2*N)/34\\,(Y-80)/44)\\,1)\\,\(skin)\\,"
                + "if(lt(hypot((X-160-2*N)/90\\,(Y-240)/120)\\,1)\\,\(cloth)\\,\(wall(channel))))"
        }
        let room = (0..<3).map { "\(["r", "g", "b"][$0])='\(wall($0))'" }.joined(separator: ":")
        let figure = [person(40, 225, 0), person(70, 170, 1), person(150, 140, 2)].enumerated()
            .map { "\(["r", "g", "b"][$0])='\($1)'" }.joined(separator: ":")
        let canvas = "color=black:size=320x240:rate=25,format=gbrp,geq="
        try FFmpegTool.run(["-f", "lavfi", "-i", canvas + room, "-frames:v", "1", plate])
        try FFmpegTool.run(["-f", "lavfi", "-i", canvas + figure, "-frames:v", "8", "-c:v", "ffv1", clip])
        var hashes: [[String]] = []
        for (index, setting) in [["1", "1"], ["8", "1"], ["1", "2"], ["8", "2"]].enumerated() {
            let out = folder.path("\(index).mkv")
            let outcome = try MatteTool.run([
                "run", clip, "-o", out, "--layout", "alpha", "--plate", plate, "--queue", setting[0], "--threads",
                setting[1], "--stats", folder.path("stats.json"),
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            hashes.append(try TestClips.frameHashes(out, format: "gray"))
        }
        #expect(hashes[0].count == 8)
        #expect(hashes.allSatisfy { $0 == hashes[0] })
        let stats = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: folder.path("stats.json"))))
        let times = try #require((stats as? [String: Any])?["plate"] as? [String: Double])
        #expect(times["meanNetworkMilliseconds"] ?? 0 > 0 && times["meanPlateMilliseconds"] ?? 0 > 0)
        let bare = folder.path("bare.mkv")
        #expect(try MatteTool.run(["run", clip, "-o", bare, "--layout", "alpha"]).status == 0)
        // The plate was believed: else there would be nothing to compare.
        #expect(try TestClips.frameHashes(bare, format: "gray") != hashes[0])
    }

    @Test func memoryIsConstantInTheLengthOfTheClip() throws {
        let folder = try TemporaryFolder()
        var peaks: [Int] = []
        for frames in [300, 1500] {
            let (clip, stats) = (folder.path("\(frames).mp4"), folder.path("\(frames).json"))
            try TestClips.clip(clip, frames: frames)
            let outcome = try MatteTool.run([
                "run", clip, "-o", folder.path("\(frames)-out.mp4"), "--encoder-preset", "ultrafast", "--stats", stats,
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: stats)))
            let pipeline = (report as? [String: Any])?["pipeline"] as? [String: Any]
            #expect(pipeline?["frames"] as? Int == frames)
            peaks.append(try #require(pipeline?["peakMemoryBytes"] as? Int))
        }
        #expect(Double(peaks[1]) < Double(peaks[0]) * 1.05, "\(peaks)")
    }
}
