import Encoding
import FFmpeg
import Frames
import Pixels

/// Writes one picture that the program drew; it appears under its name only when it is complete.
final class PictureFile {
    private let path: String
    private let overwrite: Bool

    /// - Parameter overwrite: whether an existing file may be replaced.
    init(_ path: String, overwrite: Bool) {
        self.path = path
        self.overwrite = overwrite
    }

    /// Finds out before a long work whether its result could be written.
    ///
    /// - Throws: `.usage` for a name that is no picture's, `.cannotCreate` where it exists or its folder is missing.
    func check() throws {
        let size = Size(width: 16, height: 16)
        try writer(size).writer.abandon()
    }

    /// - Parameter picture: R'G'B' (sRGB).
    func write(_ picture: FloatImage) throws {
        let (plan, writer) = try writer(picture.size)
        let frames = FrameWriter(
            pool: FramePool(size: picture.size, format: plan.format), color: plan.color)
        try writer.write(
            try frames.write(picture, timestamp: Timestamp(ticks: 0, timeBase: Self.timeBase), duration: 1))
        _ = try writer.finish()
    }

    private static let timeBase = Rational(1, 25)

    private func writer(_ size: Size) throws -> (plan: OutputPlan, writer: ClipWriter) {
        guard OutputPlan.isPicture(path) else {
            throw MatteError(.usage, "'\(path)' is not the name of a picture", advice: "end it with .png")
        }
        var options = EncodingOptions()
        options.overwrite = overwrite
        let video = VideoDescription(size: size, timeBase: Self.timeBase, color: .sRGB)
        let plan = try OutputPlan(path: path, video: video, options: options)
        return (plan, try ClipWriter(plan: plan, video: video))
    }
}
