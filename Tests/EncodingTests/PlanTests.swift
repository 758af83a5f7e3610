import Foundation
import Frames
import Testing

@testable import Encoding

@Suite struct PlanTests {
    private func error(_ path: String, _ video: VideoDescription = .small(), _ change: (inout EncodingOptions) -> Void)
        -> MatteError?
    {
        matteError { _ = try OutputPlan(path: path, video: video, options: .with(change)) }
    }

    @Test func unfitCodecsNameThoseThatFit() {
        let proRes = error("a.mp4") { $0.codec = "prores" }
        #expect(proRes?.kind == .usage)
        #expect(proRes?.description.contains("'a.mp4' cannot hold prores") == true)
        #expect(proRes?.advice?.contains("--codec h264, hevc, av1, vp9") == true)
        let webm = error("a.webm") { $0.codec = "h264" }
        #expect(webm?.advice == "choose --codec av1, vp9 or another kind of file")
        #expect(error("a.ts") { $0.codec = "vp9" }?.kind == .usage)
        #expect(error("a.png") { $0.codec = "h264" }?.kind == .usage)
    }

    @Test func unknownWordsAreErrors() {
        #expect(error("a.mp4") { $0.codec = "nonsense" }?.message == "unknown codec 'nonsense'")
        #expect(error("a.nonsense") { _ in }?.kind == .usage)
        #expect(error("a") { _ in }?.kind == .usage)
        #expect(error("") { _ in }?.kind == .usage)
        #expect(error("a.wav") { _ in }?.kind == .usage)
        #expect(error("a.avi") { _ in }?.description.contains("times") == true)
        #expect(error("%d-%d.png") { _ in }?.kind == .usage)
        #expect(error("%s.png") { _ in }?.kind == .usage)
        #expect(error("-") { _ in }?.description.contains("--output-format") == true)
        #expect(error("a.mp4") { $0.outputFormat = "nonsense" }?.kind == .usage)
        #expect(error("a.mp4") { $0.encoderPreset = "hasty" }?.advice?.contains("ultrafast") == true)
        #expect(error("a.webm") { $0.encoderPreset = "9" }?.advice?.contains("from 0 (slowest) to 8") == true)
        #expect(error("a.mp4") { $0.pixelFormat = "rgba" }?.advice?.contains("yuv420p") == true)
        #expect(error("a.mp4") { $0.pixelFormat = "nonsense" }?.kind == .usage)
        let option = error("a.mp4") { $0.encoderOptions = [("nonsense", "1")] }
        #expect(option?.kind == .usage && option?.message.contains("'nonsense'") == true)
    }

    @Test(
        arguments: [
            ("a.mp4", nil, 52.0, "0 to 51"), ("a.mp4", "hevc", -1, "0 to 51"), ("a.webm", nil, 64, "0 to 63"),
            ("a.mov", "prores", 65, "1 to 64"), ("a.jpg", nil, 0, "1 to 31"), ("a.webp", nil, 101, "0 to 100"),
            ("a.mp4", nil, Double.nan, "0 to 51"), ("a.mp4", nil, .infinity, "0 to 51"),
        ] as [(String, String?, Double, String)])
    func qualityOutOfRangeStatesTheRange(_ path: String, _ codec: String?, _ quality: Double, _ range: String) {
        let error = error(path) {
            $0.codec = codec
            $0.quality = quality
        }
        #expect(error?.kind == .usage)
        #expect(error?.advice == "choose \(range)")
    }

    @Test func qualityAndPresetChangeTheFile() throws {
        let scratch = try Scratch()
        func size(_ name: String, _ change: (inout EncodingOptions) -> Void) throws -> Int {
            var options = EncodingOptions.with(change)
            options.overwrite = true
            try writeRamps(to: scratch(name), .small(), options: options)
            return try scratch.data(name).count
        }
        for (name, better, worse) in [("a.mp4", 5.0, 45.0), ("a.webm", 5, 60), ("a.mov", 1, 60)] {
            let codec = name == "a.mov" ? "prores" : nil
            let large = try size(name) {
                $0.codec = codec
                $0.quality = better
            }
            let small = try size(name) {
                $0.codec = codec
                $0.quality = worse
            }
            #expect(large > small, "\(name)")
        }
        for (name, codec) in [("a.mp4", "h264"), ("a.mp4", "hevc"), ("a.mp4", "av1"), ("a.webm", "vp9")] {
            _ = try size(name) {
                $0.codec = codec
                $0.encoderPreset = "veryfast"
            }
        }
        _ = try size("a.mp4") { $0.encoderOptions = [("g", "1"), ("x264-params", "ref=1")] }
        _ = try size("a.mp4") {
            $0.codec = "hevc"
            $0.encoderOptions = [("x265-params", "keyint=1")]
        }
    }

    /// What is asked for the picture's size, for the machine and by a person goes to x264 as one list.
    @Test func listsOfParametersAreJoined() throws {
        let plan = try OutputPlan(
            path: "a.mp4", video: .small(Size(width: 3840, height: 2160)),
            options: .with {
                $0.codec = "libx264"
                $0.encoderOptions = [("x264-params", "ref=1")]
            })
        let lists = plan.encoderOptions.filter { $0.0 == "x264-params" }.map(\.1)
        #expect(lists.count == 1 && lists[0].contains("sliced-threads=1") && lists[0].hasSuffix(":ref=1"), "\(lists)")
    }

    @Test func losslessIgnoresQualityAloud() throws {
        let plan = try OutputPlan(
            path: "a.mkv", video: .small(),
            options: .with {
                $0.codec = "ffv1"
                $0.quality = 20
            })
        #expect(plan.notices.count == 1 && plan.notices[0].contains("lossless"))
    }

    @Test func refusedOptionValuesAreNamed() throws {
        let scratch = try Scratch()
        for (key, value) in [("crf", "many"), ("g", "1e30")] {
            let error = matteError {
                try writeRamps(to: scratch("a.mp4"), .small(), options: .with { $0.encoderOptions = [(key, value)] })
            }
            #expect(error?.kind == .usage)
            #expect(error?.message.contains("'\(key)'") == true)
        }
        #expect(scratch.contents.isEmpty)
    }

    @Test func tooFineATimeBaseForTheCodecIsAUsageError() throws {
        let scratch = try Scratch()
        let video = VideoDescription.small(timeBase: Rational(1, 90_000))
        let error = matteError {
            try writeRamps(to: scratch("a.mp4"), video, options: .with { $0.codec = "mpeg4" })
        }
        #expect(error?.kind == .usage)
        #expect(error?.message.contains("65535") == true)
        #expect(scratch.contents.isEmpty)
    }

    @Test func smallPicturesFindAnEncoderOrAnError() throws {
        let tiny = VideoDescription.small(Size(width: 8, height: 8))
        #expect(error("a.mp4", tiny) { $0.codec = "hevc" }?.kind == .usage)
        #expect(
            try OutputPlan(path: "a.mp4", video: tiny, options: .with { $0.codec = "av1" }).encoderName == "libaom-av1")
        let odd = VideoDescription.small(Size(width: 101, height: 99))
        #expect(try OutputPlan(path: "a.mp4", video: odd, options: .with { $0.codec = "av1" }).storedSize == odd.size)
    }

    @Test func pixelFormatCanBeChosen() throws {
        let scratch = try Scratch()
        let (plan, _, _) = try writeRamps(
            to: scratch("a.mp4"), .small(), options: .with { $0.pixelFormat = "yuv422p10le" })
        #expect(plan.format == .yuv422(depth: 10))
    }
}
