import Decoding
import Foundation
import Frames
import TestSupport
import Testing

@Suite struct ColorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [
        (["bt709", "bt709", "bt709", "tv"], ColorDescription.Matrix.bt709, ColorDescription.Range.limited, 1, 1),
        (["bt2020nc", "bt2020", "smpte2084", "tv"], .bt2020NonConstant, .limited, 9, 16),
        (["smpte170m", "smpte170m", "smpte170m", "pc"], .smpte170m, .full, 6, 6),
        (["bt470bg", "bt470bg", "gamma28", "tv"], .bt470bg, .limited, 5, 5),
    ])
    func tagsAreRead(
        _ words: [String], _ matrix: ColorDescription.Matrix, _ range: ColorDescription.Range, _ primaries: Int,
        _ transfer: Int
    ) throws {
        let tags = [
            "-pix_fmt", "yuv420p10le", "-colorspace", words[0], "-color_primaries", words[1], "-color_trc", words[2],
            "-color_range", words[3],
        ]
        let outputs = [("libx264", "a.mp4"), ("libx264", "a.mkv"), ("ffv1", "b.mkv"), ("libx264", "a.ts")]
        let arguments = outputs.flatMap { ["-c:v", $0.0] + tags + [folder.path($0.1)] }
        try FFmpegTool.run(Clip.pattern(seconds: 0.12) + arguments)
        for name in outputs.map(\.1) {
            let clip = try Clip(folder.path(name))
            for color in [clip.info.color] + clip.frames.map(\.color) {
                #expect(color.matrix == matrix, "\(name)")
                #expect(color.range == range, "\(name)")
                #expect(color.primaries == Int32(primaries), "\(name)")
                #expect(color.transfer == Int32(transfer), "\(name)")
            }
        }
    }

    @Test func whatIsNotTaggedStaysUnspecified() throws {
        let path = folder.path("plain.mkv")
        try FFmpegTool.run(Clip.pattern(seconds: 0.2) + ["-c:v", "mpeg4", "-pix_fmt", "yuv420p", path])
        let color = try Clip(path).info.color
        #expect(color.matrix == .unspecified)
        #expect(color.primaries == 2)
        #expect(color.transfer == 2)
    }

    @Test(arguments: [PixelFormat.gray(), .gray(depth: 16)])
    func greyThatSaysNothingIsWholeRange(format: PixelFormat) {
        let color = ColorDescription().resolved(for: Size(width: 8, height: 8), format: format)
        #expect(color.range == .full)
        let tagged = ColorDescription(range: .limited).resolved(for: Size(width: 8, height: 8), format: format)
        #expect(tagged.range == .limited)
    }

    @Test func jpegIsFullRangeByName() throws {
        let path = folder.path("picture.jpg")
        try FFmpegTool.run(Clip.pattern(seconds: 0.04) + ["-frames:v", "1", "-pix_fmt", "yuvj420p", path])
        let info = try Clip(path).info
        #expect(info.format.name == "yuvj420p")
        #expect(info.color.range == .full)
        #expect(info.color.chromaLocation == .center)
    }
}
