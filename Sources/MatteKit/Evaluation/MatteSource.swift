import Decoding
import Frames
import Pixels

/// Reads a clip as mattes: its alpha where it has one, else its grey; a clip in colour without transparency is none. Used by
/// one thread at a time.
final class MatteSource {
    struct Matte {
        let alpha: FloatImage
        /// Straight R'G'B'; nil for a clip without alpha.
        let foreground: FloatImage?
        let timestamp: Timestamp
    }

    let path: String
    private let decoder: ClipDecoder
    private let reader = FrameReader()
    /// Whether the alpha channel is looked at; decided by the first frame.
    private var usesAlpha: Bool?
    private let notice: NoticeHandler
    /// Whether a picture so far had colours, and all of it was opaque.
    private var isOpaqueColor = false
    /// Frames given so far.
    private(set) var count = 0

    /// - Parameter frameLimit: frames to read at most.
    init(
        _ path: String, frameLimit: Int? = nil, isCancelled: @escaping @Sendable () -> Bool,
        notice: @escaping NoticeHandler
    ) throws {
        var options = DecodingOptions()
        options.frameLimit = frameLimit
        self.path = path
        self.notice = notice
        decoder = try ClipDecoder(path: path, options: options, isCancelled: isCancelled, notice: notice)
    }

    /// Nil for streams.
    var expectedFrames: Int? { decoder.info.expectedFrames }

    /// The next frame's matte; nil at the end.
    ///
    /// - Throws: `.badInput` where a frame was lost: everything behind it would be taken for another frame; and where the
    ///   clip holds no mattes.
    func next() throws -> Matte? {
        let frame = try decoder.nextFrame()
        if decoder.damagedPackets > 0 {
            throw MatteError(
                .badInput,
                "'\(path)' is damaged near frame \(count + 1), so frames cannot be told apart with certainty",
                advice: "write it again")
        }
        guard let frame else {
            // A close-up may begin without anything transparent, but it is transparent somewhere.
            if isOpaqueColor { throw noMattes }
            return nil
        }
        count += 1
        let alpha = usesAlpha == false ? nil : reader.readAlpha(frame)
        if usesAlpha == nil { decide(alpha, frame) }
        if isOpaqueColor, let alpha { isOpaqueColor = alpha.isOpaque }
        guard usesAlpha == true, let alpha else {
            if frame.isInColor { throw noMattes }
            return Matte(alpha: reader.readLuma(frame), foreground: nil, timestamp: frame.timestamp)
        }
        return Matte(alpha: alpha, foreground: reader.read(frame), timestamp: frame.timestamp)
    }

    private func decide(_ alpha: FloatImage?, _ frame: Frame) {
        guard let alpha else { return usesAlpha = false }
        isOpaqueColor = alpha.isOpaque && frame.isInColor
        // Many programs save a grey matte as opaque RGBA.
        usesAlpha = !alpha.isOpaque || isOpaqueColor
        if usesAlpha == false {
            notice("'\(path)' has an alpha channel, but it is opaque; its grey is taken as the matte")
        }
    }

    private var noMattes: MatteError {
        MatteError(
            .badInput, "'\(path)' is in colour and nowhere transparent, so it shows no mattes",
            advice: "'matte run … --layout alpha' writes them as a clip in grey; outputs with transparency serve too")
    }
}

extension FloatImage {
    fileprivate var isOpaque: Bool { withFloats { $0.allSatisfy { $0 >= 1 } } }
}

extension Frame {
    /// Whether its pixels have hues, by more than encoding a grey picture in colour leaves: a few hundred of them are
    /// looked at.
    fileprivate var isInColor: Bool {
        guard format.model != .gray, size.pixelCount > 0 else { return false }
        let small = Size(width: min(size.width, 64), height: min(size.height, 64))
        let count = small.pixelCount
        return NetworkSampler.sample(self, to: small).withFloats { rgb in
            let colored = (0..<count).count { i in
                let (r, g, b) = (rgb[i], rgb[count + i], rgb[2 * count + i])
                return max(r, g, b) - min(r, g, b) > 0.1
            }
            return colored * 100 > count
        }
    }
}
