import Decoding
import Frames
import Pixels

/// Reads a clip as R'G'B' pictures. Used by one thread at a time.
final class ColorSource {
    let path: String
    private let decoder: ClipDecoder
    private let reader = FrameReader()

    init(
        _ path: String, frameLimit: Int? = nil, isCancelled: @escaping @Sendable () -> Bool,
        notice: @escaping NoticeHandler
    ) throws {
        var options = DecodingOptions()
        options.frameLimit = frameLimit
        self.path = path
        decoder = try ClipDecoder(path: path, options: options, isCancelled: isCancelled, notice: notice)
    }

    /// The next picture; nil at the end.
    func next() throws -> FloatImage? { try decoder.nextFrame().map { reader.read($0) } }
}
