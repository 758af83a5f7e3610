import Decoding
import Foundation
import Frames
import TestSupport
import Testing

@Suite struct RotationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The tag that phones write; FFmpeg turns pictures against the clock by it.
    @Test(arguments: [90, 180, 270])
    func framesAreUpright(_ degrees: Int) throws {
        let (plain, path) = (folder.path("plain.mp4"), folder.path("phone.mp4"))
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.4) + ["-vf", "setsar=4/3", "-c:v", "libx264", "-pix_fmt", "yuv420p", plain])
        try FFmpegTool.run(["-i", plain, "-c", "copy", "-metadata:s:v", "rotate=\(degrees)", path])
        let clip = try Clip(path)
        let isTurned = degrees != 180
        #expect(clip.info.rotationDegrees == 360 - degrees)
        #expect(clip.info.size == (isTurned ? Size(width: 48, height: 64) : Size(width: 64, height: 48)))
        #expect(clip.info.sampleAspectRatio == (isTurned ? Rational(3, 4) : Rational(4, 3)))
        // The program turns by the same tag.
        #expect(try clip.frames.flatMap(\.rawBytes) == OutputProbe.pixels(path, format: "yuv420p"))
        #expect(clip.frames.allSatisfy { $0.duration > 0 })
        #expect(try clip.ticks == Clip(plain).ticks)
    }

    /// EXIF orientations 1…8 (JEITA CP-3451, tag 0x0112) and the filters that make them upright.
    @Test(arguments: [
        (1, "null"), (2, "hflip"), (3, "hflip,vflip"), (4, "vflip"), (5, "transpose=cclock_flip"),
        (6, "transpose=clock"), (7, "transpose=clock_flip"), (8, "transpose=cclock"),
    ])
    func photographsAreUpright(_ orientation: Int, _ filters: String) throws {
        let (plain, path) = (folder.path("plain.jpg"), folder.path("photo.jpg"))
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.04) + ["-frames:v", "1", "-pix_fmt", "yuvj444p", plain])
        let jpeg = try [UInt8](Data(contentsOf: URL(fileURLWithPath: plain)))
        // APP1: "Exif", a big-endian TIFF header, one entry: Orientation, SHORT, 1 value.
        let tiff: [UInt8] =
            Array("Exif".utf8) + [0, 0, 0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0]
            + [UInt8(orientation), 0, 0, 0, 0, 0, 0]
        let segment: [UInt8] = [0xFF, 0xE1, 0, UInt8(tiff.count + 2)] + tiff
        try Data(jpeg[..<2] + segment + jpeg[2...]).write(to: URL(fileURLWithPath: path))
        let clip = try Clip(path)
        let wanted = try FFmpegTool.output(
            ["-noautorotate", "-i", plain, "-vf", filters, "-f", "rawvideo", "-pix_fmt", "yuvj444p", "-"])
        #expect(clip.info.size == (orientation > 4 ? Size(width: 48, height: 64) : Size(width: 64, height: 48)))
        #expect(clip.frames.flatMap(\.rawBytes) == [UInt8](wanted))
    }
}
