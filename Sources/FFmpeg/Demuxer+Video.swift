internal import CFFmpeg
public import Frames

/// What the container says about a video stream before anything is decoded.
public struct VideoStreamInfo: Sendable {
    /// As stored, before rotation.
    public let size: Size
    /// Nil where a `Frame` cannot hold it as it is; decoding converts it then.
    public let format: PixelFormat?
    public let depth: Int
    public let color: ColorDescription
    public let timeBase: Rational
    /// Frames over duration; unknown where the container does not say.
    public let averageFrameRate: Rational
    /// The lowest rate at which all times can be told; for constant rates the rate itself.
    public let nominalFrameRate: Rational
    public let sampleAspectRatio: Rational
    /// What the container itself says; unknown where it leaves that to the codec.
    let containerAspectRatio: Rational
    /// Ticks of the first picture, as far as the container knows.
    public let startTicks: Int64?
    /// Ticks; nil where unknown.
    public let durationTicks: Int64?
    /// 0 where unknown.
    public let frameCount: Int
    public let orientation: Orientation
    public let codecName: String
}

extension Demuxer {
    /// - Parameter index: of a video stream.
    public func videoInfo(ofStream index: Int) throws(MatteError) -> VideoStreamInfo {
        guard index >= 0, index < Int(context.pointee.nb_streams), let stream = context.pointee.streams[index],
            let parameters = stream.pointee.codecpar
        else { throw MatteError(.internal, "there is no stream \(index)") }
        let avFormat = AVPixelFormat(rawValue: parameters.pointee.format)
        let format = PixelFormat(avFormat) ?? PixelFormat(PixelFormat.nearest(to: avFormat))
        func known(_ ticks: Int64) -> Int64? { ticks == Packet.noTime ? nil : ticks }
        let timeBase = stream.pointee.time_base
        var duration = known(stream.pointee.duration)
        if duration == nil, let whole = known(context.pointee.duration) {
            duration = av_rescale_q(whole, AVRational(num: 1, den: Int32(matte_time_base)), timeBase)
        }
        return VideoStreamInfo(
            size: Size(width: Int(parameters.pointee.width), height: Int(parameters.pointee.height)), format: format,
            depth: format?.depth ?? 8, color: ColorDescription(parameters), timeBase: Rational(timeBase),
            averageFrameRate: Rational(stream.pointee.avg_frame_rate),
            nominalFrameRate: Rational(stream.pointee.r_frame_rate),
            sampleAspectRatio: Rational(av_guess_sample_aspect_ratio(context, stream, nil)),
            containerAspectRatio: Rational(stream.pointee.sample_aspect_ratio),
            startTicks: known(stream.pointee.start_time), durationTicks: duration,
            frameCount: Int(stream.pointee.nb_frames), orientation: Orientation(stream),
            codecName: streams[index].codecName)
    }
}

extension ColorDescription {
    init(_ parameters: UnsafePointer<AVCodecParameters>) {
        self.init(
            range: parameters.pointee.color_range, matrix: parameters.pointee.color_space,
            primaries: parameters.pointee.color_primaries, transfer: parameters.pointee.color_trc,
            location: parameters.pointee.chroma_location)
    }

    init(
        range: AVColorRange, matrix: AVColorSpace, primaries: AVColorPrimaries,
        transfer: AVColorTransferCharacteristic, location: AVChromaLocation
    ) {
        self.init(
            matrix: Matrix(rawValue: Int32(clamping: matrix.rawValue)) ?? .unspecified,
            range: Range(rawValue: Int32(clamping: range.rawValue)) ?? .unspecified,
            primaries: Int32(clamping: primaries.rawValue), transfer: Int32(clamping: transfer.rawValue),
            chromaLocation: ChromaLocation(rawValue: Int32(clamping: location.rawValue)) ?? .unspecified)
    }
}
