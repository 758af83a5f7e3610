internal import CFFmpeg

/// A container that FFmpeg can write: one of its muxers.
public struct ContainerFormat: Sendable, Hashable, CustomStringConvertible {
    /// The muxer's name, "matroska".
    public let name: String
    /// FFmpeg's choice of video codec; nil for a container without pictures.
    public let defaultVideoCodec: String?
    /// Whether every picture can have its own time; without this, pictures come at a fixed rate.
    public let keepsTimes: Bool
    /// Whether encoders put their headers beside the stream (`AV_CODEC_FLAG_GLOBAL_HEADER`).
    public let needsGlobalHeader: Bool

    public var description: String { name }

    /// - Returns: nil where FFmpeg has no such muxer.
    public init?(name: String) {
        guard let format = av_guess_format(name, nil, nil) else { return nil }
        self.init(format)
    }

    /// The container that FFmpeg connects with the file name's extension; nil where it knows none.
    public init?(fileName: String) {
        guard let format = av_guess_format(nil, fileName, nil) else { return nil }
        self.init(format)
    }

    private init(_ format: UnsafePointer<AVOutputFormat>) {
        // A muxer may have several names, "a,b"; the first finds it again.
        name = String(cString: format.pointee.name).split(separator: ",").first.map(String.init) ?? ""
        let codec = format.pointee.video_codec
        defaultVideoCodec = codec == AV_CODEC_ID_NONE ? nil : String(cString: avcodec_get_name(codec))
        let flags = format.pointee.flags
        // MP4's muxer has the second flag only, AVI's neither.
        keepsTimes = flags & (AVFMT_VARIABLE_FPS | AVFMT_TS_NEGATIVE) != 0 && flags & AVFMT_NOTIMESTAMPS == 0
        needsGlobalHeader = flags & AVFMT_GLOBALHEADER != 0
    }

    /// Whether the container can hold a codec ("h264"); nil where FFmpeg does not say.
    public func holds(codec name: String) -> Bool? {
        guard let format = av_guess_format(self.name, nil, nil), let codec = avcodec_descriptor_get_by_name(name) else {
            return nil
        }
        // The table of tags has these; writing the header then fails (mov_init in libavformat/movenc.c).
        if self.name == "mov", ["vp8", "vp9", "av1", "flac", "opus", "truehd"].contains(name) { return false }
        return switch avformat_query_codec(format, codec.pointee.id, FF_COMPLIANCE_NORMAL) {
        case 1: true
        case 0: false
        default: nil
        }
    }
}
