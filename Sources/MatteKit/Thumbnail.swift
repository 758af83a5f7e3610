import Decoding
import Encoding
import FFmpeg
import Frames
import Pixels

/// A small picture of a clip, for a page that shows many: from half a second into it, as first pictures are often black;
/// over a chequerboard where it is transparent.
///
/// Used by one thread at a time.
public final class Thumbnail {
    private static let widthPixels = 160
    private static let highestPixels = 320
    private static let quality = 6.0
    private static let skippedSeconds = 0.5

    private let path: String
    private var first: Timestamp?
    /// The frame to be shown, unless a later one comes in time.
    private var frame: Frame?
    private var picture: FloatImage?

    /// - Parameter path: the JPEG's file; one that is there is replaced.
    init(path: String) { self.path = path }

    /// Decodes the beginning of a clip.
    ///
    /// - Parameter thumbnail: the JPEG's file; one that is there is replaced.
    /// - Throws: where the clip holds no pictures or the file cannot be written.
    public static func make(of path: String, as thumbnail: String) throws {
        let decoder = try ClipDecoder(path: path)
        let made = Thumbnail(path: thumbnail)
        while made.wantsMore, let frame = try decoder.nextFrame() { made.take(frame) }
        guard made.first != nil else { throw MatteError(.badInput, "'\(path)' holds no pictures") }
        try made.write()
    }

    /// False when it has its picture.
    var wantsMore: Bool { picture == nil }

    /// - Parameter frame: the clip's next one.
    func take(_ frame: Frame) {
        guard wantsMore else { return }
        let first = first ?? frame.timestamp
        self.first = first
        self.frame = frame
        // Small at once, so that no large one is kept until the clip's end.
        if frame.timestamp.seconds - first.seconds >= Self.skippedSeconds {
            picture = Self.picture(of: frame)
            self.frame = nil
        }
    }

    /// Writes what there is; nothing where no frame came.
    func write() throws {
        guard let picture = picture ?? frame.map(Self.picture) else { return }
        let (size, timeBase) = (picture.size, Rational(1, 25))
        let video = VideoDescription(size: size, timeBase: timeBase, averageFrameRate: Rational(25, 1))
        var options = EncodingOptions()
        options.quality = Self.quality
        options.overwrite = true
        let plan = try OutputPlan(path: path, video: video, options: options)
        let writer = try ClipWriter(plan: plan, video: video)
        let pool = FramePool(size: size, format: plan.format)
        try writer.write(
            FrameWriter(pool: pool, color: plan.color).write(
                picture, timestamp: Timestamp(ticks: 0, timeBase: timeBase)))
        _ = try writer.finish()
    }

    private static func picture(of frame: Frame) -> FloatImage {
        let width = min(widthPixels, frame.size.width)
        let height = max(1, min(highestPixels, frame.size.height * width / max(1, frame.size.width)))
        let size = Size(width: width, height: height)
        let picture = NetworkSampler.sample(frame, to: size, filter: .area)
        guard let alpha = FrameReader().readAlpha(frame)?.resized(to: size, filter: .area) else { return picture }
        return chequered(picture, alpha: alpha)
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
