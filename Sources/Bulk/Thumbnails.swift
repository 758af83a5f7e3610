internal import Decoding
internal import Encoding
internal import FFmpeg
internal import Foundation
internal import Frames
internal import Pixels

/// Small pictures of outputs for the report, kept beside the journal so that a later run need not open every clip again.
struct Thumbnails {
    /// A page with more pictures takes a browser long to show.
    static let most = 1000
    private static let widthPixels = 160
    private static let highestPixels = 320
    private static let quality = 6.0
    private static let skippedSeconds = 0.5

    private let folder: String
    private let kept: String

    /// - Parameter folder: the run's.
    init(folder: String) {
        self.folder = folder
        kept = FileName.join(folder, ".matte/thumbnails")
    }

    /// The picture as a `data:` address; nil where none can be had.
    ///
    /// - Parameter index: the clip's row on the page.
    func dataURI(of clip: ClipOutcome, index: Int) -> String? {
        guard index < Self.most, let path = prepare(clip), let data = FileManager.default.contents(atPath: path) else {
            return nil
        }
        return "data:image/jpeg;base64," + data.base64EncodedString()
    }

    /// Makes the picture unless it is there: best when the clip was just written and is still in memory.
    ///
    /// - Returns: its file. A report without a picture is no reason to fail, so nothing is thrown.
    @discardableResult
    func prepare(_ clip: ClipOutcome) -> String? {
        guard let name = clip.outputs.first, let state = FileState(of: FileName.join(folder, name)),
            let path = try? path(for: "\(name)\0\(state.bytes) \(state.modified)")
        else { return nil }
        if FileState(of: path) != nil { return path }
        do {
            try OutputFolder.make(kept)
            try Self.make(of: FileName.join(folder, name), as: path)
            return path
        } catch {
            return nil
        }
    }

    private func path(for key: String) throws -> String {
        let digest = try Array(key.utf8).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        return FileName.join(kept, digest.prefix(32) + ".jpg")
    }

    /// A picture from half a second into the clip, as first ones are often black; over a chequerboard where it is transparent.
    private static func make(of path: String, as thumbnail: String) throws {
        let decoder = try ClipDecoder(path: path)
        guard var frame = try decoder.nextFrame() else { return }
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
