import Encoding
import Foundation
import Frames
import TestSupport
import Testing

@Suite struct DiskTests {
    private static let video = VideoDescription.small(Size(width: 160, height: 120), wantsAlpha: true)

    /// Noise, so that it does not get small.
    private func writeNoise(to path: String, options: EncodingOptions = .init(), frames: Int = 60) throws {
        let plan = try OutputPlan(path: path, video: Self.video, options: options)
        let writer = try ClipWriter(plan: plan, video: Self.video)
        for number in 0..<frames {
            try writer.write(
                Pictures.noise(
                    Self.video.size, plan.format, color: plan.color, seed: UInt64(number), ticks: Int64(number),
                    timeBase: Self.video.timeBase))
        }
        _ = try writer.finish()
    }

    @Test(.enabled(if: SmallDisk.canMount), arguments: ["a.mp4", "a.mkv", "a.mov", "a.webm", "f/", "a%d.png"])
    func aFullDiskLeavesNothing(_ name: String) throws {
        let disk = try SmallDisk(kilobytes: 200)
        let error = matteError { try writeNoise(to: disk.path("") + "/" + name) }
        #expect(error?.kind == .io)
        #expect(error?.description.contains("o space left on device") == true)
        #expect(error?.description.contains(name.hasPrefix("f") ? "/f/" : "/a") == true)
        #expect(disk.contents.isEmpty)
    }

    @Test(arguments: ["a.mp4", "a.mkv", "a.png", "f/"]) func aFolderThatVanishesIsAnError(_ name: String) throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch("gone"), withIntermediateDirectories: false)
        let plan = try OutputPlan(path: scratch("gone/" + name), video: Self.video, options: .init())
        let writer = try ClipWriter(plan: plan, video: Self.video)
        let frame = Pictures.noise(
            Self.video.size, plan.format, color: plan.color, seed: 1, ticks: 0, timeBase: Self.video.timeBase)
        try writer.write(frame)
        try FileManager.default.removeItem(atPath: scratch("gone"))
        #expect(matteError { _ = try writer.finish() } != nil)
        #expect(scratch.contents.isEmpty)
    }

    @Test(arguments: ["matroska", "nut", "mp4", "mpegts"]) func pipesAreWrittenStraight(_ format: String) throws {
        let scratch = try Scratch()
        #expect(mkfifo(scratch("pipe"), 0o600) == 0)
        let reader = Process()
        reader.executableURL = URL(fileURLWithPath: "/bin/sh")
        reader.arguments = ["-c", "cat '\(scratch("pipe"))' > '\(scratch("copy"))'"]
        try reader.run()
        try writeNoise(
            to: scratch("pipe"),
            options: .with {
                $0.outputFormat = format
                $0.codec = "h264"
            }, frames: 5)
        reader.waitUntilExit()
        #expect(try OutputProbe.frameTimes(scratch("copy")).count == 5)
    }

    @Test func theIndexOfMP4ComesFirst() throws {
        let scratch = try Scratch()
        try writeNoise(to: scratch("a.mp4"), frames: 5)
        let data = try scratch.data("a.mp4")
        let index = try #require(data.range(of: Data("moov".utf8)))
        let content = try #require(data.range(of: Data("mdat".utf8)))
        #expect(index.lowerBound < content.lowerBound)
    }

    @Test(
        arguments: [
            ("a.mp4", "h264"), ("a.mp4", "hevc"), ("a.mp4", "libsvtav1"), ("a.mkv", "libaom-av1"), ("a.webm", "vp9"),
            ("a.mov", "prores"), ("a.mkv", "ffv1"), ("a.apng", nil),
        ] as [(String, String?)]) func anUnknownFrameRateIsNoObstacle(_ name: String, _ codec: String?) throws
    {
        let scratch = try Scratch()
        let times: [Int64] = [0, 3600, 7200, 14_400, 18_000]
        for base in [Rational(1, 90_000), Rational(1, 1000)] {
            let video = VideoDescription.small(timeBase: base, rate: .unknown)
            var options = EncodingOptions.with { $0.codec = codec }
            options.overwrite = true
            try writeRamps(to: scratch(name), video, options: options, times: times, lastDuration: 0)
            #expect(try OutputProbe.frameTimes(scratch(name)).count == 5)
        }
    }
}
