internal import CFFmpeg
public import Frames

/// What a decoded picture carries beside its pixels.
public struct PictureProperties: Sendable {
    /// The profile that its file holds.
    public var iccProfile: ICCProfile?
    /// It was made of inks; FFmpeg has turned them into R'G'B' without a profile.
    public var isCMYK = false
    /// Its file holds more pages.
    public var hasMorePages = false
    /// Its file ends too early; looked at for the first picture of an input only.
    public var isCutOff = false

    /// - Parameter tags: what the file said, where FFmpeg does not pass it on.
    init(_ picture: UnsafePointer<AVFrame>, codec: AVCodecID, tags: StillTags?) {
        if let side = av_frame_get_side_data(picture, AV_FRAME_DATA_ICC_PROFILE), let data = side.pointee.data {
            iccProfile = ICCProfile(Array(UnsafeBufferPointer(start: data, count: Int(side.pointee.size))))
        }
        // JPEG has no other use for four components.
        let hasFourComponents =
            av_pix_fmt_desc_get(AVPixelFormat(rawValue: picture.pointee.format))?
            .pointee.nb_components == 4
        isCMYK = tags?.isCMYK ?? false || (codec == AV_CODEC_ID_MJPEG && hasFourComponents)
        isCutOff = tags?.isCutOff ?? false
        hasMorePages = tags?.hasMorePages ?? false
    }

    init() {}
}
