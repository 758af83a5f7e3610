import Encoding
import Frames
import TestSupport
import Testing

@Suite struct AlphaTests {
    private static let size = Size(width: 80, height: 64)

    private func alpha(_ bytes: [UInt8], _ size: Size, component: Int, components: Int, bytesEach: Int) -> [Int] {
        (0..<size.pixelCount).map { pixel in
            let at = (pixel * components + component) * bytesEach
            return bytesEach == 1 ? Int(bytes[at]) : Int(bytes[at]) | Int(bytes[at + 1]) << 8
        }
    }

    private func expected(largest: Int) -> [Int] {
        (0..<Self.size.pixelCount).map { $0 % Self.size.width < Self.size.width / 2 ? 0 : largest }
    }

    /// FFmpeg reads ProRes 4444 with 12 bits, whose largest code stands for our 10 bits' largest.
    @Test func proResKeepsNothingAndAllExactly() throws {
        let scratch = try Scratch()
        let (plan, _, _) = try writeRamps(to: scratch("a.mov"), .small(wantsAlpha: true), times: [0])
        #expect(plan.format == .yuva444(depth: 10))
        let bytes = try OutputProbe.pixels(scratch("a.mov"), format: "yuva444p12le")
        let count = Self.size.pixelCount
        let plane = Array(bytes[(3 * count * 2)..<(4 * count * 2)])
        #expect(alpha(plane, Self.size, component: 0, components: 1, bytesEach: 2) == expected(largest: 4095))
        #expect(try OutputProbe.stream(scratch("a.mov"))["codec_tag_string"] == "ap4h")
    }

    @Test func vp9KeepsNothingAndAllExactly() throws {
        let scratch = try Scratch()
        let (plan, _, _) = try writeRamps(to: scratch("a.webm"), .small(wantsAlpha: true), times: [0, 1, 2])
        #expect(plan.format == .yuva420())
        let bytes = try OutputProbe.pixels(scratch("a.webm"), format: "yuva420p", decoder: "libvpx-vp9")
        let frameBytes = Self.size.pixelCount * 5 / 2
        #expect(bytes.count == 3 * frameBytes)
        for number in 0..<3 {
            let plane = Array(
                bytes[(number * frameBytes + Self.size.pixelCount * 3 / 2)...].prefix(Self.size.pixelCount))
            #expect(plane.map(Int.init) == expected(largest: 255))
        }
        #expect(try OutputProbe.stream(scratch("a.webm"))["tag:alpha_mode"] == "1")
    }

    @Test func vp9SaysThatAlphaCostsDepth() throws {
        let notices = Notices()
        let scratch = try Scratch()
        try writeRamps(
            to: scratch("a.webm"), .small(depth: 10, wantsAlpha: true), times: [0], notice: notices.handler)
        #expect(notices.all.contains { $0.contains("8 of 10 bits") })
    }

    @Test(arguments: [
        (8, "a.mkv"), (10, "a.mkv"), (12, "a.mkv"), (16, "a.mkv"), (8, "a.png"), (10, "a.png"), (8, "f/%03d.png"),
        (16, "f/"), (8, "a.tiff"), (16, "a.tiff"),
    ])
    func losslessFilesGiveBackEveryBit(_ depth: Int, _ name: String) throws {
        let scratch = try Scratch()
        for (wantsAlpha, isGray) in [(true, false), (false, false), (false, true)] {
            let video = VideoDescription.small(
                Size(width: 37, height: 23), depth: depth, wantsAlpha: wantsAlpha, isGray: isGray)
            let options = EncodingOptions.with {
                $0.overwrite = true
                if name.hasSuffix(".mkv") { $0.codec = "ffv1" }
            }
            let plan = try OutputPlan(path: scratch(name), video: video, options: options)
            #expect(plan.carriesAlpha == wantsAlpha && plan.format.hasAlpha == wantsAlpha)
            #expect(plan.format.depth >= depth)
            #expect((plan.format.model == .gray) == isGray)
            let writer = try ClipWriter(plan: plan, video: video)
            let frame = Pictures.noise(
                video.size, plan.format, color: plan.color, seed: UInt64(depth), ticks: 0, timeBase: video.timeBase)
            try writer.write(frame)
            _ = try writer.finish()
            let file = name == "f/" ? scratch("f/00001.png") : name.contains("%") ? scratch("f/001.png") : scratch(name)
            #expect(try OutputProbe.pixels(file, format: plan.format.name) == Pictures.bytes(of: frame))
        }
    }

    @Test func whatCanCarryAlpha() {
        let cases: [(String, String?, Bool)] = [
            ("a.mp4", nil, false), ("a.mov", nil, true), ("a.mov", "h264", false), ("a.mkv", nil, true),
            ("a.mkv", "vp9", true), ("a.mp4", "vp9", false), ("a.webm", nil, true), ("a.webm", "av1", false),
            ("a.png", nil, true), ("a/%d.png", nil, true), ("a/", nil, true), ("a.jpg", nil, false),
            ("a.ts", nil, false), ("a.webp", nil, true), ("a.mov", "prores", true), ("a.unknown", nil, false),
        ]
        for (path, codec, expected) in cases {
            #expect(
                OutputPlan.canCarryAlpha(path: path, options: .with { $0.codec = codec }) == expected,
                "\(path) \(codec ?? "")")
        }
    }
}
