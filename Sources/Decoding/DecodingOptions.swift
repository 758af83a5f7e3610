/// How to read a clip, and how much of it.
public struct DecodingOptions: Sendable {
    /// FFmpeg's demuxer name; needed for raw video, useful for streams on stdin.
    public var inputFormat: String?
    /// Options of the demuxer: `video_size`, `pixel_format`, `framerate`.
    public var inputOptions: [String: String] = [:]
    /// Seconds after the clip's first picture at which to begin.
    public var start: Double?
    /// Seconds after the clip's first picture before which to end.
    public var end: Double?
    /// Most frames to deliver.
    public var frameLimit: Int?
    /// A part by the clip's own clock, in place of start, end and limit.
    public var segment: ClipSegment?
    /// One whole picture: of several the first is taken and a notice says so, and a damaged one is an error.
    public var isForStill = false
    /// Deliver the packets of audio, subtitles and attachments too.
    public var copiesStreams = false

    public init() {}
}
