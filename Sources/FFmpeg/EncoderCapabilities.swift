internal import CFFmpeg

/// What one of FFmpeg's video encoders, as compiled into the installed library, can do.
public struct EncoderCapabilities: Sendable, Hashable {
    /// The encoder's name, "libx264".
    public let name: String
    /// The name of the codec it writes, "h264".
    public let codecName: String
    /// FFmpeg's names of the pixel formats it takes, in its own order; empty where it does not say.
    public let pixelFormats: [String]
    /// Whether the codec has a lossless mode only.
    public let isLossless: Bool

    /// - Returns: nil where no video encoder of this name is compiled in.
    public init?(encoder name: String) {
        guard let codec = avcodec_find_encoder_by_name(name), codec.pointee.type == AVMEDIA_TYPE_VIDEO else {
            return nil
        }
        self.init(codec)
    }

    private init(_ codec: UnsafePointer<AVCodec>) {
        name = String(cString: codec.pointee.name)
        codecName = String(cString: avcodec_get_name(codec.pointee.id))
        var formats: [String] = []
        var format = codec.pointee.pix_fmts
        while let current = format, current.pointee != AV_PIX_FMT_NONE {
            if let name = av_get_pix_fmt_name(current.pointee) { formats.append(String(cString: name)) }
            format = current + 1
        }
        pixelFormats = formats
        let properties = avcodec_descriptor_get(codec.pointee.id)?.pointee.props ?? 0
        isLossless = properties & AV_CODEC_PROP_LOSSLESS != 0 && properties & AV_CODEC_PROP_LOSSY == 0
    }

    /// FFmpeg's own first choice for a codec ("mpeg2video"); nil where it knows no such video codec or cannot write it.
    public static func standardEncoder(ofCodec name: String) -> EncoderCapabilities? {
        guard let descriptor = avcodec_descriptor_get_by_name(name), descriptor.pointee.type == AVMEDIA_TYPE_VIDEO,
            let codec = avcodec_find_encoder(descriptor.pointee.id)
        else { return nil }
        return EncoderCapabilities(codec)
    }

    /// Whether the encoder, or every encoder, has an option of this name that a person can set.
    public func hasOption(_ option: String) -> Bool {
        guard let codec = avcodec_find_encoder_by_name(name) else { return false }
        for owner in [avcodec_get_class(), codec.pointee.priv_class] {
            // av_opt_find takes a pointer to an object, whose first member is a pointer to its class.
            var owner = owner
            guard owner != nil else { continue }
            let found = withUnsafeMutablePointer(to: &owner) {
                av_opt_find($0, option, nil, AV_OPT_FLAG_ENCODING_PARAM, AV_OPT_SEARCH_FAKE_OBJ)
            }
            if found != nil { return true }
        }
        return false
    }
}
