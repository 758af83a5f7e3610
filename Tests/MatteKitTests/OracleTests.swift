import Foundation
import MatteKit
import Pixels
import TestSupport
import Testing

/// Our alpha and foreground against the published graph, run by Python in the same test run.
struct OracleTests {
    /// The clip as it is, and at sizes where the ratio is 1 or leaves a fraction of a pixel; cut, and once whole.
    @Test(
        arguments: [(nil, true, 40), (nil, false, 40), ("176:144", true, 12), ("854:480", true, 12)]
            as [(
                String?, Bool, Int
            )])
    func alphaAndForegroundAreThoseOfThePublishedGraph(size: String?, cutsGraph: Bool, frames: Int) throws {
        let folder = try TemporaryFolder()
        var clip = try DemoClip.path()
        if let size {
            let scaled = folder.path("scaled.mkv")
            try FFmpegTool.run([
                "-i", clip, "-an", "-vf", "scale=\(size)", "-frames:v", "\(frames)", "-c:v", "ffv1", scaled,
            ])
            clip = scaled
        }
        try compare(clip, frames: frames, cutsGraph: cutsGraph, in: folder)
    }

    /// Clips of one's own: `MATTE_TEST_CLIPS="one.mp4 two.mp4" swift test --filter OracleTests`.
    @Test(
        arguments: ProcessInfo.processInfo.environment["MATTE_TEST_CLIPS"]?.split(separator: " ").map(String.init) ?? []
    )
    func clipsOfOnesOwn(clip: String) throws {
        try compare(clip, frames: 24, cutsGraph: true, in: try TemporaryFolder())
    }

    private func compare(_ clip: String, frames: Int, cutsGraph: Bool, in folder: TemporaryFolder) throws {
        try Oracle.run(clip: clip, frames: frames, into: folder.path("oracle"))
        let alpha = try ReferencePython.floats(folder.path("oracle/pha.f32"))
        let foreground = try ReferencePython.floats(folder.path("oracle/fgr.f32"))

        var options = RunOptions()
        options.matting.warmUpFrames = 0
        options.matting.resetsAtSceneCuts = false
        var alphaErrors = ErrorSpread()
        var foregroundErrors = ErrorSpread()
        var index = 0
        try RealModel.matte(clip: clip, frames: frames, options: options.matting, cutsGraph: cutsGraph) { matted in
            if case .affine = matted.matte { #expect(cutsGraph) } else { #expect(!cutsGraph) }
            let matte = matted.matte.dense(for: matted.frame)
            matte.alpha.withFloats { alphaErrors.add($0, alpha, from: index * $0.count) }
            try #require(matte.foreground).withFloats {
                foregroundErrors.add($0, foreground, from: index * $0.count)
            }
            index += 1
        }
        #expect(index == frames)
        let spread = "mean \(alphaErrors.mean), above 2: \(alphaErrors.shareAbove(2)) of the pixels"
        print("\(clip): alpha \(spread); foreground mean \(foregroundErrors.mean)")
        #expect(alphaErrors.count == alpha.count)
        #expect(foregroundErrors.count == foreground.count)
        // In code values of 8 bits: mean at most 0.2, at most 2 for 99.9 % of the values.
        #expect(alphaErrors.mean <= 0.2, "alpha: mean \(alphaErrors.mean)")
        #expect(alphaErrors.shareAbove(2) <= 0.001, "alpha: \(alphaErrors.shareAbove(2)) above 2/255")
        #expect(foregroundErrors.mean <= 0.2, "foreground: mean \(foregroundErrors.mean)")
        #expect(foregroundErrors.shareAbove(2) <= 0.001, "foreground: \(foregroundErrors.shareAbove(2)) above 2/255")
    }

    @Test func theSecondShotEqualsThatShotAlone() throws {
        let folder = try TemporaryFolder()
        let clip = try DemoClip.path()
        let (first, second) = (folder.path("first.mkv"), folder.path("second.mkv"))
        let lossless = ["-an", "-c:v", "ffv1", "-frames:v", "12"]
        try FFmpegTool.run(["-i", clip, "-vf", "negate"] + lossless + [first])
        try FFmpegTool.run(["-ss", "2", "-i", clip, "-vf", "hflip"] + lossless + [second])
        let list = folder.path("list.txt")
        try Data("file '\(first)'\nfile '\(second)'\n".utf8).write(to: URL(fileURLWithPath: list))
        let both = folder.path("both.mkv")
        try FFmpegTool.run(["-f", "concat", "-safe", "0", "-i", list, "-c", "copy", both])

        var alone: [[Float]] = []
        try RealModel.matte(clip: second, options: MattingOptions()) {
            alone.append($0.matte.dense(for: $0.frame).alpha.withFloats(Array.init))
        }
        var together: [[Float]] = []
        var starts: [Int] = []
        try RealModel.matte(clip: both, options: MattingOptions()) { matted in
            if matted.startsShot { starts.append(together.count) }
            together.append(matted.matte.dense(for: matted.frame).alpha.withFloats(Array.init))
        }
        #expect(starts == [0, 12])
        #expect(alone.count == 12)
        #expect(Array(together.dropFirst(12)) == alone)
    }
}
