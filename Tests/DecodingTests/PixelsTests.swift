import Decoding
import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

/// Frames hold the very bytes that the `ffmpeg` program gives.
@Suite struct PixelsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let rawFormats = [
        "yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le", "yuvj420p", "nv12",
        "nv21", "p010le", "p210le", "yuyv422", "uyvy422", "rgb24", "bgr24", "rgba", "bgra", "argb", "rgb0", "rgb48le",
        "rgba64le", "gbrp", "gbrp10le", "gbrp12le", "gbrap", "gbrap16le", "gray", "gray10le", "gray16le", "ya8",
        "ya16le", "yuva420p", "yuva444p10le", "yuv410p", "yuv411p", "yuv440p",
    ]

    @Test func rawVideoComesAsItIs() throws {
        // Odd sides: chroma planes are rounded up.
        let outputs = Self.rawFormats.flatMap { format in
            ["-vf", "scale=37:23", "-pix_fmt", format, "-f", "rawvideo", folder.path(format)]
        }
        try FFmpegTool.run(Clip.pattern(seconds: 0.12) + outputs)
        for format in Self.rawFormats {
            let raw = folder.path(format)
            let clip = try Clip(raw) {
                $0.inputFormat = "rawvideo"
                $0.inputOptions = ["pixel_format": format, "video_size": "37x23", "framerate": "30000/1001"]
            }
            #expect(clip.frames.count == 3, "\(format)")
            #expect(clip.info.size == Size(width: 37, height: 23), "\(format)")
            #expect(clip.info.format.name == format)
            #expect(clip.info.timeBase == Rational(1001, 30000), "\(format)")
            #expect(clip.ticks == [0, 1, 2], "\(format)")
            let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: raw)))
            #expect(clip.frames.flatMap(\.rawBytes).elementsEqual(bytes), "\(format)")
        }
    }

    @Test(arguments: [
        ("libx264", "yuv420p", "mp4"), ("libx264", "yuv422p10le", "mkv"), ("libx264", "yuv444p", "mkv"),
        ("ffv1", "yuv444p10le", "mkv"), ("prores_ks", "yuva444p10le", "mov"), ("qtrle", "argb", "mov"),
        ("mpeg2video", "yuv420p", "ts"), ("mjpeg", "yuvj422p", "avi"), ("gif", "pal8", "gif"),
    ])
    func codecsDecodeAsInFFmpeg(_ codec: String, _ format: String, _ container: String) throws {
        let path = folder.path("clip.\(container)")
        try FFmpegTool.run(Clip.pattern(seconds: 0.4) + ["-c:v", codec, "-pix_fmt", format, path])
        let clip = try Clip(path)
        #expect(clip.frames.count == 10)
        let wanted = try OutputProbe.pixels(path, format: clip.info.format.name)
        #expect(clip.frames.flatMap(\.rawBytes) == wanted)
    }

    /// What a `Frame` cannot describe keeps its depth, chroma and alpha: (stored, delivered).
    @Test(arguments: [
        ("pal8", "rgba"), ("monob", "gray"), ("gray16be", "gray16le"), ("rgb48be", "rgb48le"), ("rgba64be", "rgba64le"),
        ("ya16be", "ya16le"), ("rgba", "rgba"), ("rgb24", "rgb24"), ("gray", "gray"), ("ya8", "ya8"),
    ])
    func pngPictures(_ stored: String, _ delivered: String) throws {
        let path = folder.path("picture.png")
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.04) + ["-frames:v", "1", "-pix_fmt", stored, path])
        let clip = try Clip(path)
        #expect(clip.info.format.name == delivered)
        #expect(clip.info.isStill)
        #expect(try clip.frames.flatMap(\.rawBytes) == OutputProbe.pixels(path, format: delivered))
    }

    @Test(arguments: [
        ("yuv420p10be", "yuv420p10le"), ("yuv422p12be", "yuv422p12le"), ("yuv444p16be", "yuv444p16le"),
        ("yuva420p10be", "yuva420p10le"), ("yuva444p12be", "yuva444p12le"), ("gbrp10be", "gbrp10le"),
        ("gbrp16be", "gbrp16le"), ("gbrap16be", "gbrap16le"), ("gray12be", "gray12le"), ("monow", "gray"),
        ("gbrpf32le", "gbrp16le"), ("gbrapf32le", "gbrap16le"), ("grayf32le", "gray16le"), ("xyz12le", "rgb48le"),
        ("p010be", "p010le"), ("rgb565le", "rgb24"), ("bgr8", "rgb24"),
        ("bayer_rggb8", "rgb24"),
    ])
    func otherFormatsAreConverted(_ stored: String, _ delivered: String) throws {
        let raw = folder.path("raw")
        try FFmpegTool.run(Clip.pattern(seconds: 0.04, size: "32x16") + ["-pix_fmt", "rgb24", folder.path("p.png")])
        if stored.hasPrefix("bayer") {
            try Data((0..<512).map { UInt8($0 % 251) }).write(to: URL(fileURLWithPath: raw))
        } else {
            try FFmpegTool.run(["-i", folder.path("p.png"), "-pix_fmt", stored, "-f", "rawvideo", raw])
        }
        let clip = try Clip(raw) {
            $0.inputFormat = "rawvideo"
            $0.inputOptions = ["pixel_format": stored, "video_size": "32x16"]
        }
        #expect(clip.info.format.name == delivered)
        let input = ["-f", "rawvideo", "-pixel_format", stored, "-video_size", "32x16", "-i", raw]
        let wanted = try [UInt8](FFmpegTool.output(input + ["-f", "rawvideo", "-pix_fmt", delivered, "-"]))
        let got = clip.frames.flatMap(\.rawBytes)
        try #require(got.count == wanted.count)
        let isWide = clip.info.format.depth > 8
        func codes(_ bytes: [UInt8]) -> [Int] {
            isWide
                ? stride(from: 0, to: bytes.count, by: 2).map { Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8 }
                : bytes.map(Int.init)
        }
        let error = zip(codes(got), codes(wanted)).map { abs($0 - $1) }.max() ?? .max
        if stored.hasPrefix("bayer") { return }
        // The program scales with other flags; a swap of bytes has nothing to round.
        #expect(error <= (stored.hasSuffix("be") ? 0 : isWide ? 256 : 2), "largest difference \(error)")
    }

    @Test func manyFramesMayBeHeldAtOnce() throws {
        let path = folder.path("clip.mp4")
        try Clip.make(path)
        let clip = try Clip(path)
        // All frames were kept alive; a decoder that wrote into a delivered one would show here.
        #expect(try clip.frames.flatMap(\.rawBytes) == OutputProbe.pixels(path, format: "yuv420p"))
    }
}
