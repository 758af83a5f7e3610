internal import CFFmpeg

/// The FFmpeg libraries this process runs with.
public enum FFmpegVersions {
    /// "libavcodec 59.37.100, libavformat 59.27.100".
    public static var summary: String {
        [("libavcodec", avcodec_version()), ("libavformat", avformat_version()), ("libavutil", avutil_version())]
            .map { "\($0) \($1 >> 16).\($1 >> 8 & 0xFF).\($1 & 0xFF)" }.joined(separator: ", ")
    }
}
