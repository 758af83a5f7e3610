import FFmpeg
public import Frames

/// Reads a clip: upright frames with exact times, and the packets of the streams that are copied.
///
/// One thread at a time. Memory does not grow with the clip. Frames keep the file's own ticks; only with a start are
/// they shifted, all by the same number, so that the first frame delivered is at 0.
public final class ClipDecoder: FrameSource {
    public let info: ClipInfo
    private let location: InputLocation
    private let options: DecodingOptions
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler
    private let name: String
    private var reader: ClipReader

    /// Opens the input and decodes its first picture.
    ///
    /// - Parameters:
    ///   - path: a file, an URL, a folder of pictures, a pattern such as `frames/%05d.png`, or `-` for stdin.
    ///   - isCancelled: asked from the decoding thread; true makes reading fail soon.
    ///   - notice: hears of damage, of interlacing and of repaired times.
    /// - Throws: `.noInput`, `.badInput`, `.io`, and `.usage` for a range that holds nothing.
    public init(
        path: String, options: DecodingOptions = DecodingOptions(),
        isCancelled: @escaping @Sendable () -> Bool = { false }, notice: @escaping NoticeHandler = { _ in }
    ) throws {
        name = path
        location = try InputLocation(path, options: options, notice: notice)
        self.options = options
        self.isCancelled = isCancelled
        self.notice = notice
        reader = try ClipReader(location, name: path, options: options, isCancelled: isCancelled, notice: notice)
        info = reader.info
    }

    /// What of the clip is delivered, and by how much its times are shifted.
    public var span: ClipSegment { reader.span }

    /// Packets and pictures that were lost to damage so far.
    public var damagedPackets: Int { reader.damagedPackets }

    /// The next frame or copied packet, in the file's order; nil at the end.
    public func next() throws -> DecodedItem? { try reader.next() }

    public func nextFrame() throws -> Frame? {
        while let item = try next() {
            if case .frame(let frame) = item { return frame }
        }
        return nil
    }

    /// Opens the input anew, which works for every kind but stdin.
    public func rewind() throws {
        guard name != "-" else {
            throw MatteError(.badInput, "a stream on standard input cannot be repeated", advice: "use a file")
        }
        reader = try ClipReader(location, name: name, options: options, isCancelled: isCancelled, notice: notice)
    }
}
