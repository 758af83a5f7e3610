import Encoding
import Frames
import Glibc
import TestSupport
import Testing

@Suite struct RoundTripTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        var codec: String?
        var depth = 8
        var alpha = false
        let expected: String
        let pixelFormat: String
        var testDescription: String { "\(file) \(codec ?? "-") \(depth) \(alpha)" }
    }

    @Test(arguments: [
        Case(file: "a.mp4", expected: "h264", pixelFormat: "yuv420p"),
        Case(file: "a.mp4", depth: 10, expected: "h264", pixelFormat: "yuv420p10le"),
        Case(file: "a.mov", expected: "h264", pixelFormat: "yuv420p"),
        Case(file: "a.mkv", expected: "h264", pixelFormat: "yuv420p"),
        Case(file: "a.ts", expected: "h264", pixelFormat: "yuv420p"),
        Case(file: "a.nut", expected: "h264", pixelFormat: "yuv420p"),
        Case(file: "a.mp4", codec: "hevc", expected: "hevc", pixelFormat: "yuv420p"),
        Case(file: "a.mp4", codec: "h265", depth: 10, expected: "hevc", pixelFormat: "yuv420p10le"),
        Case(file: "a.mp4", codec: "av1", expected: "av1", pixelFormat: "yuv420p"),
        Case(file: "a.mkv", codec: "libsvtav1", depth: 10, expected: "av1", pixelFormat: "yuv420p10le"),
        Case(file: "a.mkv", codec: "libaom-av1", depth: 10, expected: "av1", pixelFormat: "yuv420p10le"),
        Case(file: "a.webm", expected: "vp9", pixelFormat: "yuv420p"),
        Case(file: "a.webm", depth: 10, expected: "vp9", pixelFormat: "yuv420p10le"),
        Case(file: "a.mov", codec: "prores", expected: "prores", pixelFormat: "yuv422p10le"),
        Case(file: "a.mov", codec: "prores4444", expected: "prores", pixelFormat: "yuv444p12le"),
        Case(file: "a.mov", alpha: true, expected: "prores", pixelFormat: "yuva444p12le"),
        Case(file: "a.mkv", alpha: true, expected: "ffv1", pixelFormat: "bgra"),
        Case(file: "a.mkv", depth: 10, alpha: true, expected: "ffv1", pixelFormat: "gbrap10le"),
        Case(file: "a.mkv", depth: 16, alpha: true, expected: "ffv1", pixelFormat: "gbrap16le"),
        Case(file: "a.mkv", codec: "ffv1", depth: 10, expected: "ffv1", pixelFormat: "yuv444p10le"),
    ])
    func everyContainerKeepsCountTimesAndDepth(_ test: Case) throws {
        let scratch = try Scratch()
        let video = VideoDescription.small(depth: test.depth, wantsAlpha: test.alpha)
        let path = scratch(test.file)
        let (plan, frames, _) = try writeRamps(to: path, video, options: .with { $0.codec = test.codec })
        #expect(plan.carriesAlpha == test.alpha)
        let stream = try OutputProbe.stream(path)
        #expect(stream["codec_name"] == test.expected)
        #expect(stream["pix_fmt"] == test.pixelFormat)
        #expect(stream["width"] == "80" && stream["height"] == "64")
        let seconds = try OutputProbe.frameTimes(path)
        let base = try #require(stream["time_base"]).split(separator: "/").compactMap { Int64($0) }
        // 1/25 s is a whole number of ticks in each of these files; transport streams begin where they like.
        let ticks = Int64(base[1]) / 25 / base[0]
        let offset = test.file == "a.ts" ? try #require(seconds.first) : 0
        #expect(seconds == frames.map { $0.timestamp.ticks * ticks + offset })
        #expect(scratch.contents == [test.file])
    }

    @Test(arguments: ["a.mp4", "a.mov"])
    func timesAreExactWhereFilesCanHoldThem(_ name: String) throws {
        let scratch = try Scratch()
        // 23.976 frames a second, a late start, and gaps.
        let film = (0..<12).map { Int64($0) * 1001 + 3003 }
        let uneven: [Int64] = [17, 18, 40, 41, 41 + 90_000, 150_001, 150_002, 400_000]
        for (times, base) in [
            (film, Rational(1, 24000)), (uneven, Rational(1, 90_000)), (film, Rational(1, 1_000_000)),
        ] {
            let video = VideoDescription.small(timeBase: base, rate: Rational(24000, 1001))
            let path = scratch("\(base.denominator)-\(name)")
            try writeRamps(to: path, video, times: times, lastDuration: 1001)
            #expect(try OutputProbe.stream(path)["time_base"] == base.description)
            #expect(try OutputProbe.frameTimes(path) == times)
        }
        let video = VideoDescription.small(timeBase: Rational(1001, 24000), rate: Rational(24000, 1001))
        try writeRamps(to: scratch(name), video, times: [0, 1, 2, 3, 5, 8, 13])
        #expect(try OutputProbe.frameTimes(scratch(name)) == [0, 1, 2, 3, 5, 8, 13].map { $0 * 1001 })
        #expect(try OutputProbe.stream(scratch(name))["avg_frame_rate"] != "0/0")
    }

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.nut"])
    func timesBeforeZeroAreMovedTogether(_ name: String) throws {
        let scratch = try Scratch()
        let notices = Notices()
        try writeRamps(to: scratch(name), .small(), times: [-2, -1, 0, 3, 4], notice: notices.handler)
        let base = try #require(try OutputProbe.stream(scratch(name))["time_base"]).split(separator: "/")
        let ticks = (Int64(base[1]) ?? 0) / 25
        #expect(try OutputProbe.frameTimes(scratch(name)) == [0, 1, 2, 5, 6].map { $0 * ticks })
        #expect(notices.all.count == 1)
    }

    @Test func matroskaRoundsToTheNearestMillisecondAndSaysSo() throws {
        let scratch = try Scratch()
        let notices = Notices()
        let times = (0..<10).map { Int64($0) * 1001 + 500 }
        let video = VideoDescription.small(timeBase: Rational(1, 24000), rate: Rational(24000, 1001))
        try writeRamps(to: scratch("a.mkv"), video, times: times, notice: notices.handler)
        #expect(
            try OutputProbe.frameTimes(scratch("a.mkv")) == times.map { Int64((Double($0) / 24).rounded()) })
        #expect(notices.all.count == 1)
        #expect(notices.all.first?.contains("rounded") == true)
        let silent = Notices()
        try writeRamps(to: scratch("b.mkv"), .small(), notice: silent.handler)
        #expect(silent.all.isEmpty)
    }

    @Test func timesThatFallTogetherAreAnError() throws {
        let scratch = try Scratch()
        let video = VideoDescription.small(timeBase: Rational(1, 24000), rate: Rational(24000, 1))
        #expect(matteError { try writeRamps(to: scratch("a.mkv"), video) }?.message.contains("too coarse") == true)
        #expect(scratch.contents.isEmpty)
    }

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv"])
    func shapeOfPixelsIsCarried(_ name: String) throws {
        let scratch = try Scratch()
        var video = VideoDescription.small()
        video.sampleAspectRatio = Rational(16, 11)
        try writeRamps(to: scratch(name), video)
        #expect(try OutputProbe.stream(scratch(name))["sample_aspect_ratio"] == "16:11")
    }

    @Test func sameInputSameBytes() throws {
        let scratch = try Scratch()
        for name in ["x.mp4", "x.mkv", "x.webm", "x.mov"] {
            try writeRamps(to: scratch("1-" + name), .small())
            try writeRamps(to: scratch("2-" + name), .small())
            #expect(try scratch.data("1-" + name) == scratch.data("2-" + name), "\(name)")
        }
    }

    /// libx264 reads memory that it never wrote in some of its AVX-512 code; these options bring it out.
    @Test func whatTheMemoryHeldBeforeDoesNotMatter() throws {
        let scratch = try Scratch()
        let options = EncodingOptions.with { $0.encoderOptions = [("x264-params", "subme=1:trellis=0")] }
        // Every allocation from the heap, and filled: mapped pages would be zero (mallopt(3), M_MMAP_MAX and M_PERTURB).
        // Swift does not see malloc.h.
        typealias Mallopt = @convention(c) (Int32, Int32) -> Int32
        let mallopt = unsafeBitCast(try #require(dlsym(nil, "mallopt")), to: Mallopt.self)
        let (mappedPieces, fillByte): (Int32, Int32) = (-4, -6)
        _ = mallopt(mappedPieces, 0)
        defer {
            _ = mallopt(fillByte, 0)
            _ = mallopt(mappedPieces, 65_536)
        }
        var results: Set<[UInt8]> = []
        for fill in stride(from: Int32(1), to: 255, by: 23) {
            _ = mallopt(fillByte, fill)
            try writeRamps(to: scratch("\(fill).mp4"), .small(), options: options)
            results.insert([UInt8](try scratch.data("\(fill).mp4")))
        }
        #expect(results.count == 1)
    }

    @Test(arguments: [Size(width: 1, height: 1), Size(width: 33, height: 17), Size(width: 64, height: 31)])
    func oddSidesAreStoredWithTheEdgeRepeated(_ size: Size) throws {
        let scratch = try Scratch()
        let notices = Notices()
        let options = EncodingOptions.with {
            $0.codec = "libx264"
            $0.quality = 0
        }
        let (plan, frames, _) = try writeRamps(
            to: scratch("a.mp4"), .small(size), options: options, times: [0], notice: notices.handler)
        #expect(plan.storedSize == Size(width: (size.width + 1) / 2 * 2, height: (size.height + 1) / 2 * 2))
        #expect(notices.all.count == 1)
        // CRF 0 is lossless in 8 bits.
        let stored = try OutputProbe.pixels(scratch("a.mp4"), format: "yuv420p")
        let luma = Array(stored.prefix(plan.storedSize.pixelCount))
        for y in 0..<plan.storedSize.height {
            for x in 0..<plan.storedSize.width {
                let code = frames[0].withPlane(0) {
                    $0.base.load(
                        fromByteOffset: min(y, size.height - 1) * $0.strideBytes + min(x, size.width - 1),
                        as: UInt8.self)
                }
                #expect(luma[y * plan.storedSize.width + x] == code)
            }
        }
        for name in ["a.webm", "a.mkv", "a.mov", "b.png", "b.jpg"] {
            try writeRamps(to: scratch(name), .small(size, wantsAlpha: true), times: [0])
            let stream = try OutputProbe.stream(scratch(name))
            #expect(stream["width"] == "\(size.width)" && stream["height"] == "\(size.height)", "\(name)")
        }
    }
}
