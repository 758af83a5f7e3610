import Encoding
import Frames
import TestSupport
import Testing

@Suite struct ColorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        var codec: String?
        let color: ColorDescription
        let range: String?
        let matrix: String
        let primaries: String
        let transfer: String
        var testDescription: String { "\(file) \(codec ?? "-") \(matrix) \(range ?? "-")" }
    }

    private static let bt709 = ColorDescription(matrix: .bt709, range: .limited, primaries: 1, transfer: 1)
    private static let hlg = ColorDescription(matrix: .bt2020NonConstant, range: .limited, primaries: 9, transfer: 18)
    private static let full601 = ColorDescription(matrix: .smpte170m, range: .full, primaries: 6, transfer: 6)

    static let cases: [Case] =
        [("a.mp4", nil), ("a.mp4", "hevc"), ("a.mkv", nil), ("a.mkv", "ffv1"), ("a.ts", nil)]
        .flatMap { (file: String, codec: String?) -> [Case] in
            [
                Case(
                    file: file, codec: codec, color: bt709, range: "tv", matrix: "bt709", primaries: "bt709",
                    transfer: "bt709"),
                Case(
                    file: file, codec: codec, color: hlg, range: "tv", matrix: "bt2020nc", primaries: "bt2020",
                    transfer: "arib-std-b67"),
                Case(
                    file: file, codec: codec, color: full601, range: "pc", matrix: "smpte170m",
                    primaries: "smpte170m", transfer: "smpte170m"),
            ]
        } + [
            Case(file: "a.webm", color: bt709, range: "tv", matrix: "bt709", primaries: "bt709", transfer: "bt709"),
            Case(
                file: "a.webm", color: full601, range: "pc", matrix: "smpte170m", primaries: "smpte170m",
                transfer: "smpte170m"),
            Case(
                file: "a.mp4", codec: "av1", color: full601, range: "pc", matrix: "smpte170m",
                primaries: "smpte170m", transfer: "smpte170m"),
            Case(
                file: "a.mov", codec: "prores", color: full601, range: "tv", matrix: "smpte170m",
                primaries: "smpte170m", transfer: "smpte170m"),
        ]

    @Test(arguments: cases) func tagsAreWritten(_ test: Case) throws {
        let scratch = try Scratch()
        var video = VideoDescription.small()
        video.color = test.color
        try writeRamps(to: scratch(test.file), video, options: .with { $0.codec = test.codec })
        let stream = try OutputProbe.stream(scratch(test.file))
        #expect(stream["color_range"] == test.range)
        #expect(stream["color_space"] == test.matrix)
        #expect(stream["color_primaries"] == test.primaries)
        #expect(stream["color_transfer"] == test.transfer)
    }

    @Test func planSettlesWhatTheSourceDoesNotSay() throws {
        var video = VideoDescription.small()
        video.color = .init()
        var plan = try OutputPlan(path: "a.mp4", video: video, options: .init())
        #expect(plan.color.matrix == .smpte170m && plan.color.range == .limited)
        video.size = Size(width: 1920, height: 1080)
        video.color = .sRGB
        plan = try OutputPlan(path: "a.mp4", video: video, options: .init())
        #expect(plan.color.matrix == .bt709 && plan.color.range == .limited && plan.color.transfer == 13)
        plan = try OutputPlan(path: "a.png", video: video, options: .init())
        #expect(plan.color.matrix == .rgb && plan.color.range == .full)
        video.color = Self.full601
        plan = try OutputPlan(path: "a.mp4", video: video, options: .init())
        #expect(plan.color.matrix == .smpte170m && plan.color.range == .full)
        plan = try OutputPlan(path: "a.jpg", video: video, options: .init())
        #expect(plan.color.matrix == .bt470bg && plan.color.range == .full)
    }

    @Test(arguments: [("a.mp4", .yuv420()), ("a.webm", .yuv420()), ("a.mkv", .gray())] as [(String, PixelFormat)])
    func greyIsWholeRange(_ name: String, _ format: PixelFormat) throws {
        let scratch = try Scratch()
        let (plan, _, _) = try writeRamps(to: scratch(name), .small(isGray: true))
        #expect(plan.color.range == .full && plan.format == format)
        #expect(try OutputProbe.stream(scratch(name))["color_range"] == "pc")
    }
}
