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
