import Decoding
import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

@Suite struct TimesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["vfr.mkv", "vfr.mp4"])
    func variableRateIsExact(_ name: String) throws {
        let path = folder.path(name)
        // Times n²·8 ms, a rate that no constant one meets.
        try FFmpegTool.run(
            Clip.pattern(seconds: 1) + [
                "-vf", "settb=1/1000,setpts=N*N*8", "-fps_mode", "vfr", "-enc_time_base", "1/1000", "-c:v", "libx264",
                "-video_track_timescale", "16000", path,
            ])
        let clip = try Clip(path)
        let unit: Int64 = name.hasSuffix("mp4") ? 16 : 1
        #expect(clip.info.timeBase == Rational(1, name.hasSuffix("mp4") ? 16000 : 1000))
        #expect(clip.ticks == (0..<25).map { Int64($0 * $0) * 8 * unit })
        #expect(try clip.ticks == Clip.probedTicks(path))
    }

    @Test func filmRateStaysAFraction() throws {
        let path = folder.path("film.mp4")
        try FFmpegTool.run(Clip.pattern(rate: "24000/1001") + ["-c:v", "libx264", path])
        let clip = try Clip(path)
        #expect(clip.info.averageFrameRate == Rational(24000, 1001))
        #expect(clip.info.nominalFrameRate == Rational(24000, 1001))
        #expect(clip.info.timeBase == Rational(1, 24000))
        #expect(clip.ticks == (0..<48).map { Int64($0) * 1001 })
        #expect(clip.frames.allSatisfy { $0.duration == 1001 })
        #expect(clip.info.expectedFrames == 48)
    }

    @Test func aFirstTimeOtherThanZeroStays() throws {
        let path = folder.path("late.mkv")
        try FFmpegTool.run(Clip.pattern(seconds: 0.4) + ["-c:v", "ffv1", "-output_ts_offset", "5", path])
        #expect(try Clip(path).ticks == (0..<10).map { 5000 + Int64($0) * 40 })
    }

    @Test func withStartTheFirstFrameIsAtZero() throws {
        let path = folder.path("late.mkv")
        try FFmpegTool.run(Clip.pattern(seconds: 0.4) + ["-c:v", "ffv1", "-output_ts_offset", "5", path])
        #expect(try Clip(path) { $0.start = 0 }.ticks == (0..<10).map { Int64($0) * 40 })
        #expect(try Clip(path) { $0.start = 0.1 }.ticks == (0..<7).map { Int64($0) * 40 })
    }

    @Test func streamsWithoutTimesAreCountedOut() throws {
        let path = folder.path("bare.h264")
        try FFmpegTool.run(Clip.pattern(seconds: 1) + ["-c:v", "libx264", "-bf", "0", path])
        let clip = try Clip(path)
        #expect(clip.frames.count == 25)
        let steps = zip(clip.ticks, clip.ticks.dropFirst()).map { $1 - $0 }
        #expect(Set(steps) == [Int64((1 / 25.0 / clip.info.timeBase.doubleValue).rounded())])
    }

    @Test func timesThatGoBackAreMovedAndCounted() throws {
        let path = folder.path("back.mkv")
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.4) + [
                "-c:v", "mjpeg", "-bsf:v", "setts=dts=N:pts=1000+40*if(eq(N\\,3)+eq(N\\,6)\\,N-2\\,N)", path,
            ])
        let clip = try Clip(path)
        #expect(clip.ticks == [1000, 1040, 1080, 1081, 1160, 1200, 1201, 1280, 1320, 1360])
        #expect(clip.notices.count == 2)
        #expect(clip.notices.first?.contains("go back near 1.08 s") == true)
        #expect(clip.notices.last?.contains("2 times that went back") == true)
    }

    @Test func movedTimesStayAMillisecondApart() throws {
        let path = folder.path("twice.ts")
        let pts = "if(between(N\\,3\\,6)\\,30000\\,N*3600+9000)"
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.4) + [
                "-c:v", "mpeg2video", "-g", "1", "-bsf:v", "setts=dts=N*3600:pts=\(pts):time_base=1/90000", path,
            ])
        let ticks = try Clip(path).ticks
        #expect(ticks.count == 10)
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $1 - $0 >= 90 }, "\(ticks)")
    }

    @Test func recordingsPutOneBehindTheOtherRunOn() throws {
        let (one, both) = (folder.path("one.ts"), folder.path("both.ts"))
        try Clip.make(one)
        let data = try Data(contentsOf: URL(fileURLWithPath: one))
        try (data + data).write(to: URL(fileURLWithPath: both))
        let clip = try Clip(both) { $0.copiesStreams = true }
        #expect(clip.frames.count == 100)
        let steps = zip(clip.ticks, clip.ticks.dropFirst()).map { $1 - $0 }
        #expect(steps.filter { $0 == 3600 }.count >= 98)
        // Sound that is longer than the pictures pushes the second recording back a little.
        #expect(steps.allSatisfy { $0 > 0 && $0 < 4 * 3600 }, "\(steps)")
        let sound = clip.packets.compactMap(\.dts)
        #expect(zip(sound, sound.dropFirst()).allSatisfy { $1 > $0 })
    }

    @Test func rewindingGivesTheSameAgain() throws {
        let path = folder.path("clip.mp4")
        try Clip.make(path, seconds: 0.4)
        let decoder = try ClipDecoder(path: path)
        var passes: [[[UInt8]]] = []
        for _ in 0..<2 {
            var pictures: [[UInt8]] = []
            while let frame = try decoder.nextFrame() { pictures.append(frame.rawBytes) }
            passes.append(pictures)
            try decoder.rewind()
        }
        #expect(passes[0].count == 10)
        #expect(passes[0] == passes[1])
    }
}
