internal import FFmpeg
internal import Frames

/// Where the packets of a container's pictures come from.
enum PictureSource {
    case encoder(VideoEncoder)
    /// Packets that were encoded before.
    case copy(StreamTemplate)

    /// Of the packets' times.
    var timeBase: Rational {
        switch self {
        case .encoder(let encoder): encoder.settings.timeBase
        case .copy(let template): template.timeBase
        }
    }

    /// - Returns: the stream's index in the file.
    func add(to muxer: Muxer) throws -> Int {
        switch self {
        case .encoder(let encoder):
            let isQuickTime = muxer.format.name == "mp4" || muxer.format.name == "mov"
            // Apple's players know HEVC under this name only.
            return try muxer.addVideo(encoder, tag: isQuickTime && encoder.codecName == "hevc" ? "hvc1" : nil)
        case .copy(let template): return try muxer.addVideo(copyOf: template)
        }
    }
}
