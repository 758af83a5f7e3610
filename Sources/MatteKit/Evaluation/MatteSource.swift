import Decoding
import Frames
import Pixels

/// Reads a clip as mattes: its alpha where it has one, else its grey. Used by one thread at a time.
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
    /// - Throws: `.badInput` where a frame was lost: everything behind it would be taken for another frame.
    func next() throws -> Matte? {
        let frame = try decoder.nextFrame()
        if decoder.damagedPackets > 0 {
            throw MatteError(
                .badInput,
                "'\(path)' is damaged near frame \(count + 1), so frames cannot be told apart with certainty",
                advice: "write it again")
        }
        guard let frame else { return nil }
        count += 1
        let alpha = usesAlpha == false ? nil : reader.readAlpha(frame)
        if usesAlpha == nil { decide(alpha, frame) }
        guard usesAlpha == true, let alpha else {
            return Matte(alpha: reader.readLuma(frame), foreground: nil, timestamp: frame.timestamp)
        }
        return Matte(alpha: alpha, foreground: reader.read(frame), timestamp: frame.timestamp)
    }

    private func decide(_ alpha: FloatImage?, _ frame: Frame) {
        guard let alpha else { return usesAlpha = false }
        // Many programs save a grey matte as opaque RGBA.
        let isOpaque = alpha.withFloats { $0.allSatisfy { $0 >= 1 } }
        usesAlpha = !isOpaque
        if isOpaque { notice("'\(path)' has an alpha channel, but it is opaque; its grey is taken as the matte") }
    }
}
