internal import Decoding
internal import Encoding
internal import FFmpeg
internal import Frames
internal import Pixels

/// A small picture of a clip, for a page that shows many.
public enum Thumbnail {
    private static let widthPixels = 160
    private static let highestPixels = 320
    private static let quality = 6.0
    private static let skippedSeconds = 0.5

    /// A picture from half a second into the clip, as first ones are often black; over a chequerboard where it is transparent.
    ///
    /// - Parameter thumbnail: the JPEG's file.
    /// - Throws: where the clip holds no pictures or the file cannot be written.
    public static func make(of path: String, as thumbnail: String) throws {
        let decoder = try ClipDecoder(path: path)
        guard var frame = try decoder.nextFrame() else {
            throw MatteError(.badInput, "'\(path)' holds no pictures")
        }
        let first = frame.timestamp
        while frame.timestamp.seconds - first.seconds < skippedSeconds, let next = try decoder.nextFrame() {
            frame = next
        }
        let width = min(widthPixels, frame.size.width)
        let height = max(1, min(highestPixels, frame.size.height * width / max(1, frame.size.width)))
        let size = Size(width: width, height: height)
        var picture = FrameReader().read(frame).resized(to: size, filter: .area)
        if let alpha = FrameReader().readAlpha(frame)?.resized(to: size, filter: .area) {
            picture = chequered(picture, alpha: alpha)
        }
        let video = VideoDescription(size: size, timeBase: Rational(1, 25), averageFrameRate: Rational(25, 1))
        var options = EncodingOptions()
        options.quality = quality
        let plan = try OutputPlan(path: thumbnail, video: video, options: options)
        let writer = try ClipWriter(plan: plan, video: video)
        let pool = FramePool(size: size, format: plan.format)
        try writer.write(
            FrameWriter(pool: pool, color: plan.color).write(
                picture, timestamp: Timestamp(ticks: 0, timeBase: Rational(1, 25))))
        _ = try writer.finish()
    }

    /// Straight alpha over squares of two greys, as picture editors show it.
    private static func chequered(_ picture: FloatImage, alpha: FloatImage) -> FloatImage {
        let (size, square) = (picture.size, 8)
        return picture.withFloats { colors in
            alpha.withFloats { alpha in
                FloatImage(size: size, channels: picture.channels) { result in
                    for index in result.indices {
                        let pixel = index % size.pixelCount
                        let (row, column) = pixel.quotientAndRemainder(dividingBy: size.width)
                        let isLight = (row / square + column / square).isMultiple(of: 2)
                        let (coverage, below) = (alpha[pixel], Float(isLight ? 0.8 : 0.6))
                        result[index] = colors[index] * coverage + below * (1 - coverage)
                    }
                }
            }
        }
    }
}
