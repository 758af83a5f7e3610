@testable import Encoding
import Frames
import Testing

/// What large pictures ask of x264, beside what a person does.
@Suite struct MemoryOptionTests {
    private func options(_ size: Size, _ change: (inout EncodingOptions) -> Void = { _ in }) throws -> [(
        String, String
    )] {
        try OutputPlan(path: "a.mp4", video: .small(size), options: .with(change)).encoderOptions
    }

    private func values(_ key: String, in options: [(String, String)]) -> [String] {
        options.filter { $0.0 == key }.map(\.1)
    }

    @Test func largePicturesAreCodedInSlices() throws {
        let large = try options(Size(width: 3840, height: 2160))
        let lists = values("x264-params", in: large)
        #expect(lists.count == 1 && lists[0].hasSuffix("sliced-threads=1"), "\(lists)")
        let threads = try #require(values("threads", in: large).first.flatMap { Int($0) })
        #expect((1...4).contains(threads))
    }

    @Test func veryfastLooksAheadALittleLess() throws {
        let size = Size(width: 3840, height: 2160)
        #expect(values("rc-lookahead", in: try options(size) { $0.encoderPreset = "veryfast" }) == ["8"])
        #expect(values("rc-lookahead", in: try options(size)).isEmpty)
        #expect(
            values("rc-lookahead", in: try options(Size(width: 1920, height: 1080)) { $0.encoderPreset = "veryfast" })
                .isEmpty)
        let asked = try options(size) {
            $0.encoderPreset = "veryfast"
            $0.encoderOptions = [("rc-lookahead", "20")]
        }
        #expect(values("rc-lookahead", in: asked).last == "20")
    }

    @Test func smallerOnesAreLeftToTheEncoder() throws {
        let small = try options(Size(width: 1920, height: 1080))
        #expect(!values("x264-params", in: small).contains { $0.contains("sliced") })
        #expect(values("threads", in: small).isEmpty)
    }

    @Test func aPersonsWordIsTheLast() throws {
        let asked = try options(Size(width: 3840, height: 2160)) {
            $0.encoderOptions = [("x264-params", "sliced-threads=0"), ("threads", "9")]
        }
        let lists = values("x264-params", in: asked)
        #expect(lists.count == 1 && lists[0].hasSuffix("sliced-threads=1:sliced-threads=0"), "\(lists)")
        #expect(values("threads", in: asked).last == "9")
    }
}
