public import Frames
internal import CFFmpeg
internal import Glibc

/// Turns frames into packets with one of FFmpeg's encoders. Used by one thread at a time.
///
/// Times go through untouched: a packet has the timestamp and duration of its frame, in the settings' time base.
public final class VideoEncoder {
    public let settings: VideoEncoderSettings
    /// FFmpeg's name of the codec, "h264".
    public let codecName: String
    let context: UnsafeMutablePointer<AVCodecContext>
    private let bridge: FrameBridge
    /// Durations of the frames inside the encoder; FFmpeg 5's encoders do not carry them.
    private var durations: [Int64: Int64] = [:]
    /// The first frame's time. Encoders see times from 0 up: some cannot take others.
    private var origin: Int64?
    private var lastTicks: Int64?

    /// - Throws: `.usage` where the encoder refuses the settings, an option by name where it is that.
    public init(_ settings: VideoEncoderSettings) throws {
        FFmpegLog.capture()
        guard let codec = avcodec_find_encoder_by_name(settings.encoder) else {
            throw MatteError(
                .missingPart, "the installed FFmpeg has no encoder \(settings.encoder)",
                advice: "choose another --codec")
        }
        guard settings.timeBase.numerator > 0, settings.timeBase.denominator > 0 else {
            throw MatteError(.badInput, "the pictures' time base \(settings.timeBase) is not a unit of time")
        }
        guard let context = avcodec_alloc_context3(codec) else { throw MatteError(.internal, "out of memory") }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        do {
            bridge = try FrameBridge(settings)
            try Self.configure(context, settings)
            if settings.encoder == "libsvtav1" { Self.silenceSVT }
            _ = FFmpegLog.takeLastLine()
            let code = avcodec_open2(context, codec, nil)
            if code < 0 {
                throw FFmpegError(code: code, operation: "open the encoder \(settings.encoder)").asMatteError(
                    .usage, advice: "choose other settings, or another --codec")
            }
        } catch {
            avcodec_free_context(&owned)
            throw error
        }
        self.settings = settings
        self.context = context
        codecName = String(cString: avcodec_get_name(codec.pointee.id))
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&owned)
    }

    /// SVT-AV1 writes to the standard error stream by itself; 1 leaves its errors.
    private static let silenceSVT: Void = { _ = setenv("SVT_LOG", "1", 0) }()

    private static func configure(
        _ context: UnsafeMutablePointer<AVCodecContext>, _ settings: VideoEncoderSettings
    ) throws {
        context.pointee.width = Int32(clamping: settings.storedSize.width)
        context.pointee.height = Int32(clamping: settings.storedSize.height)
        context.pointee.pix_fmt = av_get_pix_fmt(settings.storedFormatName)
        context.pointee.time_base = AVRational(settings.timeBase)
        context.pointee.framerate = AVRational(settings.plausibleFrameRate)
        if settings.sampleAspectRatio.isKnown {
            context.pointee.sample_aspect_ratio = AVRational(settings.sampleAspectRatio)
        }
        context.pointee.color_range = settings.color.avRange
        context.pointee.colorspace = settings.color.avMatrix
        context.pointee.color_primaries = settings.color.avPrimaries
        context.pointee.color_trc = settings.color.avTransfer
        if settings.format.log2ChromaWidth > 0 {
            context.pointee.chroma_sample_location = settings.color.avChromaLocation
        }
        context.pointee.field_order = AV_FIELD_PROGRESSIVE
        context.pointee.thread_count = 0
        if settings.needsGlobalHeader { context.pointee.flags |= Int32(AV_CODEC_FLAG_GLOBAL_HEADER) }
        for (key, value) in settings.options {
            let code = av_opt_set(context, key, value, Int32(AV_OPT_SEARCH_CHILDREN))
            guard code >= 0 else {
                let words = FFmpegError(code: code, operation: "set \(key)").words
                throw MatteError(
                    .usage, "the encoder \(settings.encoder) refuses '\(key)' = '\(value)': \(words)",
                    advice: "'ffmpeg -h encoder=\(settings.encoder)' lists its options and their ranges")
            }
        }
    }

    /// Gives the encoder the next frame, and passes on the packets that it has ready.
    ///
    /// - Parameter frame: of the settings' size and format, later than the one before. Its memory is used until the
    ///   encoder is done with it, without a copy where the byte order and size allow.
    public func encode(_ frame: Frame, emit: (Packet) throws -> Void) throws {
        let ticks = frame.timestamp.ticks
        guard frame.timestamp.timeBase == settings.timeBase else {
            throw MatteError(
                .internal, "a frame's time base \(frame.timestamp.timeBase) is not the encoder's \(settings.timeBase)")
        }
        if let lastTicks, ticks <= lastTicks {
            throw MatteError(
                .badInput, "a picture's time \(ticks) is not later than the one before, \(lastTicks)",
                advice: "repair the input's time stamps first")
        }
        let duration = duration(of: frame)
        lastTicks = ticks
        let origin = origin ?? ticks
        self.origin = origin
        let (shifted, overflow) = ticks.subtractingReportingOverflow(origin)
        guard !overflow else { throw MatteError(.badInput, "the pictures' times span too much") }
        durations[shifted] = duration

        var picture: UnsafeMutablePointer<AVFrame>? = try bridge.picture(for: frame)
        defer { av_frame_free(&picture) }
        picture?.pointee.pts = shifted
        picture?.pointee.pkt_duration = duration
        let code = avcodec_send_frame(context, picture)
        guard code >= 0 else { throw failure(code, "encode") }
        try drain(emit)
    }

    /// Passes on what the encoder still holds. Nothing can be encoded afterwards.
    public func finish(emit: (Packet) throws -> Void) throws {
        guard origin != nil else { return }
        let code = avcodec_send_frame(context, nil)
        guard code >= 0 || code == FFmpegError.endOfFile else { throw failure(code, "finish encoding") }
        try drain(emit)
        guard durations.isEmpty else {
            throw MatteError(
                .internal, "the encoder \(settings.encoder) swallowed \(durations.count) pictures",
                advice: "choose another --codec")
        }
    }

    /// The frame's own duration, or that of the one before, or one of the frame rate: a file's last picture needs one.
    private func duration(of frame: Frame) -> Int64 {
        if frame.duration > 0 { return frame.duration }
        if let lastTicks { return frame.timestamp.ticks - lastTicks }
        let rate = settings.plausibleFrameRate
        return max(
            1, av_rescale_q(1, AVRational(num: rate.denominator, den: rate.numerator), context.pointee.time_base))
    }

    private func drain(_ emit: (Packet) throws -> Void) throws {
        while true {
            let packet = try Packet(timeBase: settings.timeBase)
            let code = avcodec_receive_packet(context, packet.pointer)
            if code == FFmpegError.tryAgain || code == FFmpegError.endOfFile { return }
            guard code >= 0 else { throw failure(code, "encode") }
            try restoreTimes(of: packet.pointer)
            try emit(packet)
        }
    }

    private func restoreTimes(of packet: UnsafeMutablePointer<AVPacket>) throws {
        guard let duration = durations.removeValue(forKey: packet.pointee.pts) else {
            throw MatteError(
                .internal, "the encoder \(settings.encoder) does not keep the pictures' times",
                advice: "choose another --codec")
        }
        packet.pointee.duration = duration
        let origin = origin ?? 0
        packet.pointee.pts += origin
        packet.pointee.dts = packet.pointee.dts == Packet.noTime ? packet.pointee.pts : packet.pointee.dts + origin
        packet.pointee.time_base = AVRational(settings.timeBase)
    }

    private func failure(_ code: Int32, _ operation: String) -> MatteError {
        FFmpegError(code: code, operation: "\(operation) with \(settings.encoder)").asMatteError(.internal, advice: nil)
    }
}
