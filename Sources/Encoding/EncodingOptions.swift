/// How a person wants the output written; everything unset follows from the output's name.
public struct EncodingOptions: Sendable {
    /// A codec ("h264", "hevc", "av1", "vp9", "prores", "ffv1", "png", …) or the name of one of FFmpeg's encoders.
    public var codec: String?
    /// On the encoder's own scale: CRF for H.264, HEVC, AV1 and VP9, the quantiser for ProRes and JPEG, 0…100 for WebP.
    public var quality: Double?
    /// Speed against size: x264's names, or the encoder's own number.
    public var encoderPreset: String?
    /// Further options of the encoder by FFmpeg's names, set last and in order.
    public var encoderOptions: [(String, String)] = []
    /// FFmpeg's name of the pixel format to store, in place of the one that suits codec and source.
    public var pixelFormat: String?
    /// FFmpeg's name of the container, in place of the one that the extension means; needed for `-`.
    public var outputFormat: String?
    /// Whether an existing file may be replaced.
    public var overwrite = false

    public init() {}
}
