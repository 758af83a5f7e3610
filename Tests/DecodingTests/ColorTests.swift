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
        for (codec, name) in [("libx264", "a.mp4"), ("libx264", "a.mkv"), ("ffv1", "b.mkv"), ("libx264", "a.ts")] {
            let path = folder.path(name)
            try FFmpegTool.run(
                Clip.pattern(seconds: 0.2) + [
                    "-c:v", codec, "-pix_fmt", "yuv420p10le", "-colorspace", words[0], "-color_primaries", words[1],
                    "-color_trc", words[2], "-color_range", words[3], path,
                ])
            let clip = try Clip(path)
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

    @Test func jpegIsFullRangeByName() throws {
        let path = folder.path("picture.jpg")
        try FFmpegTool.run(Clip.pattern(seconds: 0.04) + ["-frames:v", "1", "-pix_fmt", "yuvj420p", path])
        let info = try Clip(path).info
        #expect(info.format.name == "yuvj420p")
        #expect(info.color.range == .full)
        #expect(info.color.chromaLocation == .center)
    }

    @Test func tagsSurviveAConversion() throws {
        let raw = folder.path("raw.nut")
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.08) + [
                "-pix_fmt", "yuv422p10be", "-c:v", "rawvideo", "-colorspace", "bt709", "-color_primaries", "bt709",
                "-color_trc", "bt709", "-color_range", "pc", folder.path("be.mov"),
            ])
        _ = raw
        let clip = try Clip(folder.path("be.mov"))
        #expect(clip.info.format.depth >= 8)
        #expect(clip.info.color.matrix == .bt709)
    }
}
