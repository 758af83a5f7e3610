import Foundation
import TestSupport
import Testing

/// `matte run` with the real model on clips that FFmpeg makes.
struct RunTests {
    @Test func aRangeWithoutAPacketOfSoundPassesTheCheck() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 24)
        let outcome = try MatteTool.run([
            "run", folder.path("in.mp4"), "-o", folder.path("out.mp4"), "--start", "0.1667", "--end", "0.17",
            "--verify",
        ])
        #expect(outcome.status == 0 || outcome.errors.contains("no picture"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("streams of sound"), "\(outcome.errors)")
    }

    @Test func aClipKeepsItsTimesItsSoundAndItsTags() throws {
        let folder = try TemporaryFolder()
        let (clip, out) = (folder.path("in.mp4"), folder.path("out.mp4"))
        // Times that no constant rate can hold, from 24000/1001.
        try TestClips.clip(
            clip, frames: 20, rate: "24000/1001",
            arguments: ["-vf", "select='not(mod(n\\,7)-3)+mod(n\\,3)'", "-fps_mode", "vfr", "-metadata", "title=Café"])
        let outcome = try MatteTool.run(["run", clip, "-o", out, "--background", "navy", "--verify"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("verified"))
        let times = "packet=pts_time"
        #expect(try TestClips.probe(clip, "v:0", times).sorted() == TestClips.probe(out, "v:0", times).sorted())
        let sound = ["-map", "0:a", "-c", "copy", "-f", "md5", "-"]
        #expect(try FFmpegTool.output(["-i", clip] + sound) == FFmpegTool.output(["-i", out] + sound))
        let tags = "stream=color_space,color_range,color_primaries,color_transfer"
        #expect(try TestClips.probe(out, "v:0", tags) == TestClips.probe(clip, "v:0", tags))
        #expect(try TestClips.probe(out, "v:0", "format_tags=title") == ["Café"])
        #expect(try TestClips.names(in: folder.path("")) == ["in.mp4", "out.mp4"])
    }

    /// Each way to carry alpha says the same: alpha of the picture equals the separate alpha output.
    @Test(arguments: [("out.mov", "yuva444p10le"), ("out.mkv", "gbrap"), ("pictures/%03d.png", "rgba")])
    func alphaIsCarriedAndEqualToTheAlphaOutput(name: String, format: String) throws {
        let folder = try TemporaryFolder()
        let (clip, out, alpha) = (folder.path("in.mp4"), folder.path(name), folder.path("alpha.mkv"))
        try TestClips.clip(clip, frames: 5)
        let outcome = try MatteTool.run([
            "run", clip, "-o", out, "--output-alpha", alpha, "--output-foreground", folder.path("fgr.mkv"), "--verify",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let carried = try FFmpegTool.output([
            "-i", out, "-vf", "alphaextract,format=gray", "-fps_mode", "passthrough", "-f", "rawvideo", "-",
        ])
        let written = try FFmpegTool.output([
            "-i", alpha, "-pix_fmt", "gray", "-fps_mode", "passthrough", "-f", "rawvideo", "-",
        ])
        #expect(carried.count == 5 * 96 * 64)
        #expect(carried.count == written.count)
        let worst = zip(carried, written).map { abs(Int($0) - Int($1)) }.max() ?? 255
        #expect(worst <= (name.hasSuffix("mov") ? 1 : 0))
        let pixelFormat = try TestClips.probe(out, "v:0", "stream=pix_fmt").first ?? ""
        #expect(pixelFormat.hasPrefix(format.prefix(4)) || pixelFormat.hasPrefix("bgra"))
    }

    @Test func tenBitsStayTenBits() throws {
        let folder = try TemporaryFolder()
        let (clip, out) = (folder.path("in.mkv"), folder.path("out.mp4"))
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "testsrc2=size=96x64:rate=25", "-frames:v", "4", "-c:v", "ffv1", "-pix_fmt",
            "yuv422p10le", clip,
        ])
        let outcome = try MatteTool.run(["run", clip, "-o", out, "--background", "black"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try TestClips.probe(out, "v:0", "stream=pix_fmt") == ["yuv420p10le"])
        #expect(outcome.errors.contains("BT.601 is assumed"))
    }

    @Test func rotationIsHonoured() throws {
        let folder = try TemporaryFolder()
        let (flat, clip, out) = (folder.path("flat.mp4"), folder.path("in.mp4"), folder.path("out.mp4"))
        try TestClips.clip(flat, frames: 3)
        try FFmpegTool.run(["-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=90", clip])
        #expect(try MatteTool.run(["run", clip, "-o", out]).status == 0)
        #expect(try TestClips.probe(out, "v:0", "stream=width,height") == ["64,96"])
    }

    @Test func aRangeIsCutExactlyWithItsSound() throws {
        let folder = try TemporaryFolder()
        let (clip, out) = (folder.path("in.mp4"), folder.path("out.mp4"))
        try TestClips.clip(clip, frames: 48)
        let outcome = try MatteTool.run([
            "run", clip, "-o", out, "--start", "0.5", "--end", "1.5", "--background", "teal", "--verify",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try TestClips.probe(out, "v:0", "packet=pts_time").count == 24)
        let seconds = Double(try TestClips.probe(out, "a:0", "stream=duration").first ?? "") ?? 0
        #expect(abs(seconds - 1) < 0.05)
    }

    @Test func chaptersAreCutAndMovedWithTheClip() throws {
        let folder = try TemporaryFolder()
        let (flat, chapters, clip) = (folder.path("flat.mp4"), folder.path("chapters.txt"), folder.path("in.mp4"))
        try TestClips.clip(flat, frames: 48)
        let text = [(0, 400, "one"), (400, 1200, "two"), (1200, 2000, "three")].map {
            "[CHAPTER]\nTIMEBASE=1/1000\nSTART=\($0.0)\nEND=\($0.1)\ntitle=\($0.2)\n"
        }
        try Data((";FFMETADATA1\n" + text.joined()).utf8).write(to: URL(fileURLWithPath: chapters))
        try FFmpegTool.run(["-i", flat, "-i", chapters, "-map_metadata", "1", "-c", "copy", clip])
        let out = folder.path("out.mp4")
        let outcome = try MatteTool.run(["run", clip, "-o", out, "--start", "0.5", "--end", "1.5"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let shown = try FFmpegTool.ffprobe([
            "-v", "error", "-show_entries", "chapter=start_time,end_time:chapter_tags=title", "-of", "csv=p=0", out,
        ])
        // The file tells chapters in ticks of its own; a millisecond is nothing to a reader.
        let fields = shown.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(fields.map { $0.last ?? "" } == ["two", "three"])
        let times = fields.flatMap { $0.dropLast().compactMap { Double($0) } }
        #expect(times.count == 4 && zip(times, [0, 0.7, 0.7, 1]).allSatisfy { abs($0 - $1) < 0.001 })
    }

    @Test func standardInputTakesAContainerAndRawVideo() throws {
        let folder = try TemporaryFolder()
        let clip = folder.path("in.mkv")
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "4", "-c:v", "ffv1", clip,
        ])
        let container = try Data(contentsOf: URL(fileURLWithPath: clip))
        let first = try MatteTool.run(
            ["run", "-", "-o", folder.path("a.mkv"), "--background", "red"], input: container)
        #expect(first.status == 0, "\(first.errors)")
        let raw = try FFmpegTool.output(["-i", clip, "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"])
        let second = try MatteTool.run(
            [
                "run", "-", "-o", folder.path("b.mkv"), "--input-format", "rawvideo", "--input-option",
                "video_size=64x48", "--input-option", "pixel_format=yuv420p", "--background", "red",
            ], input: raw)
        #expect(second.status == 0, "\(second.errors)")
        #expect(try TestClips.probe(folder.path("b.mkv"), "v:0", "packet=pts_time").count == 4)
    }

    @Test(arguments: ["transparent", "blur", "blur:4", "#123456", "rebeccapurple", "PICTURE", "VIDEO"])
    func everyKindOfBackgroundWorks(background: String) throws {
        let folder = try TemporaryFolder()
        let (clip, picture, video) = (folder.path("in.mp4"), folder.path("p.png"), folder.path("v.mp4"))
        try TestClips.clip(clip, frames: 3)
        try TestClips.clip(video, frames: 2, rate: "10")
        try FFmpegTool.run(["-f", "lavfi", "-i", "testsrc=size=40x30", "-frames:v", "1", picture])
        let spec = ["PICTURE": picture, "VIDEO": video][background] ?? background
        for layout in ["composite", "side-by-side"] {
            let out = folder.path("\(layout).mkv")
            let outcome = try MatteTool.run(["run", clip, "-o", out, "--background", spec, "--layout", layout])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try TestClips.probe(out, "v:0", "packet=pts_time").count == 3)
        }
    }

    @Test func statsAndEventsAreJSON() throws {
        let folder = try TemporaryFolder()
        let (clip, stats) = (folder.path("in.mp4"), folder.path("stats.json"))
        try TestClips.clip(clip, frames: 6)
        let outcome = try MatteTool.run(["run", clip, "-o", folder.path("o.mp4"), "--stats", stats, "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n")
        let events = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        #expect(events.last??["event"] as? String == "done")
        let report = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: stats)))
        let pipeline = (report as? [String: Any])?["pipeline"] as? [String: Any]
        #expect(pipeline?["frames"] as? Int == 6)
        #expect((pipeline?["stages"] as? [Any])?.count == 4)
        #expect(pipeline?["peakMemoryBytes"] as? Int ?? 0 > 1_000_000)
    }

    @Test func aPresetIsTakenAndTheCommandLineWins() throws {
        let folder = try TemporaryFolder()
        let clip = folder.path("in.mp4")
        try TestClips.clip(clip, frames: 2)
        let first = try MatteTool.run(["run", clip, "-o", folder.path("a.mov"), "--preset", "prores4444"])
        #expect(first.status == 0, "\(first.errors)")
        #expect(try TestClips.probe(folder.path("a.mov"), "v:0", "stream=codec_name") == ["prores"])
        let second = try MatteTool.run([
            "run", clip, "-o", folder.path("b.mov"), "--preset", "prores4444", "--codec", "h264", "--background", "red",
        ])
        #expect(second.status == 0, "\(second.errors)")
        #expect(try TestClips.probe(folder.path("b.mov"), "v:0", "stream=codec_name") == ["h264"])
    }
}
