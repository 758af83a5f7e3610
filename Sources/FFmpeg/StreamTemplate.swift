internal import CFFmpeg
public import Frames

/// What a muxer needs to copy one stream of an input.
public struct StreamTemplate: Sendable {
    public enum Kind: Sendable { case video, audio, subtitle, data, attachment }

    /// Index in the input; packets carry it.
    public let index: Int
    public let kind: Kind
    /// FFmpeg's codec name ("aac", "mov_text").
    public let codecName: String
    /// Seconds per tick of the packets' times.
    public let timeBase: Rational
    /// Language, title and the like, in the file's order.
    public let metadata: [(key: String, value: String)]
    /// Bits of FFmpeg's `AV_DISPOSITION_…`: default, forced, ….
    public let disposition: Int32
    /// Frames over duration, of a stream of pictures; unknown where the container does not say.
    public let averageFrameRate: Rational
    let parameters: CodecParameters
    /// A picture that stands for the whole, such as an album's cover; it comes as one packet without a time.
    public var isCover: Bool { disposition & AV_DISPOSITION_ATTACHED_PIC != 0 }

    init(_ stream: UnsafeMutablePointer<AVStream>) throws(MatteError) {
        guard let parameters = stream.pointee.codecpar else { throw MatteError(.badInput, "a stream without a codec") }
        index = Int(stream.pointee.index)
        kind =
            switch parameters.pointee.codec_type {
            case AVMEDIA_TYPE_VIDEO: .video
            case AVMEDIA_TYPE_AUDIO: .audio
            case AVMEDIA_TYPE_SUBTITLE: .subtitle
            case AVMEDIA_TYPE_ATTACHMENT: .attachment
            default: .data
            }
        codecName = String(cString: avcodec_get_name(parameters.pointee.codec_id))
        timeBase = Rational(stream.pointee.time_base)
        metadata = Metadata.entries(stream.pointee.metadata)
        disposition = stream.pointee.disposition
        averageFrameRate = Rational(stream.pointee.avg_frame_rate)
        self.parameters = try CodecParameters(copying: parameters)
    }

    /// How many pictures the codec may hold back to bring them into order.
    public var reorderDepth: Int { max(0, Int(parameters.pointer.pointee.video_delay)) }

    /// Whether packets of the other stream may follow this one's: same codec, size, format, time base and headers.
    public func continues(_ other: StreamTemplate) -> Bool {
        let (mine, theirs) = (parameters.pointer.pointee, other.parameters.pointer.pointee)
        func header(_ parameters: AVCodecParameters) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: parameters.extradata, count: max(0, Int(parameters.extradata_size)))
        }
        return mine.codec_id == theirs.codec_id && mine.width == theirs.width && mine.height == theirs.height
            && mine.format == theirs.format && timeBase == other.timeBase
            && header(mine).elementsEqual(header(theirs))
    }
}

/// A copy of FFmpeg's description of a coded stream.
final class CodecParameters: @unchecked Sendable {
    // Sendable: written in init only.
    let pointer: UnsafeMutablePointer<AVCodecParameters>

    init(copying source: UnsafePointer<AVCodecParameters>) throws(MatteError) {
        guard let pointer = avcodec_parameters_alloc() else { throw MatteError(.internal, "out of memory") }
        self.pointer = pointer
        guard avcodec_parameters_copy(pointer, source) >= 0 else { throw MatteError(.internal, "out of memory") }
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecParameters>? = pointer
        avcodec_parameters_free(&owned)
    }
}

extension Rational {
    init(_ rational: AVRational) { self.init(rational.num, rational.den) }
}

extension AVRational {
    init(_ rational: Rational) { self.init(num: rational.numerator, den: rational.denominator) }
}
