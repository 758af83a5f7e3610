internal import CFFmpeg
public import Frames

/// Turns a video stream's packets into upright frames, in presentation order. One thread at a time; FFmpeg uses
/// threads of its own inside.
public final class VideoDecoder {
    /// What became of a packet.
    public enum Acceptance: Sendable {
        case taken
        /// The packet was damaged and is lost; decoding can go on with the next one.
        case damaged(reason: String)
    }

    private let context: UnsafeMutablePointer<AVCodecContext>
    private let info: VideoStreamInfo
    /// What messages call the input.
    private let name: String
    private var graph: FilterGraph?
    private var tags = StillTagQueue()
    /// What the last frame carried.
    public private(set) var properties = PictureProperties()
    /// How the last frame was turned; before the first one, what the container says.
    public private(set) var orientation: Orientation
    /// Frames that decoded with errors; they are delivered all the same.
    public private(set) var damagedFrames = 0
    /// True once a frame said that it is made of two fields.
    public private(set) var sawInterlacing = false

    /// - Parameters:
    ///   - stream: index of a video stream of `demuxer`.
    ///   - threads: of the decoder; nil for half of the cores: each holds pictures of its own, and the work on a picture
    ///     after it takes ten times as long.
    /// - Throws: `.badInput` where the codec cannot be decoded.
    public init(_ demuxer: Demuxer, stream: Int, threads: Int? = nil) throws(MatteError) {
        info = try demuxer.videoInfo(ofStream: stream)
        orientation = info.orientation
        name = demuxer.name
        let parameters = demuxer.streams[stream].parameters.pointer
        guard let codec = Self.decoder(for: parameters.pointee.codec_id, metadata: demuxer.streams[stream].metadata),
            let context = avcodec_alloc_context3(codec)
        else {
            throw MatteError(
                .badInput, "the video of '\(name)' is \(info.codecName), which the installed FFmpeg cannot decode",
                advice: "convert the clip first")
        }
        // From here on deinit frees it: all properties are set, so it runs even where this throws.
        self.context = context
        let operation = "decode the \(info.codecName) video of '\(name)'"
        do throws(FFmpegError) {
            try check(avcodec_parameters_to_context(context, parameters), operation)
            context.pointee.pkt_timebase = AVRational(info.timeBase)
            context.pointee.thread_count = Int32(clamping: threads ?? max(1, Processor.coreCount / 2))
            try check(avcodec_open2(context, codec, nil), operation)
        } catch {
            throw error.asMatteError(.badInput, advice: "convert the clip first")
        }
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&owned)
    }

    /// FFmpeg's own decoders of VP8 and VP9 drop the alpha that Matroska keeps beside the picture; libvpx's keep it.
    private static func decoder(
        for codec: AVCodecID, metadata: [(key: String, value: String)]
    ) -> UnsafePointer<AVCodec>? {
        let names = [AV_CODEC_ID_VP8.rawValue: "libvpx", AV_CODEC_ID_VP9.rawValue: "libvpx-vp9"]
        let hasAlpha = metadata.contains { $0.key.lowercased() == "alpha_mode" && $0.value == "1" }
        let other = hasAlpha ? names[codec.rawValue].flatMap { avcodec_find_decoder_by_name($0) } : nil
        return other ?? avcodec_find_decoder(codec)
    }

    /// Hands a packet to the decoder; nil ends the stream. Take all frames before the next one.
    public func send(_ packet: Packet?) throws(MatteError) -> Acceptance {
        if let packet { tags.add(packet, codec: context.pointee.codec_id) }
        let code = avcodec_send_packet(context, packet?.pointer)
        if code >= 0 || code == FFmpegError.endOfFile { return .taken }
        try checkAnimation()
        let error = FFmpegError(code: code, operation: "decode '\(name)'")
        if code == matte_error_no_memory { throw MatteError(.internal, "out of memory while decoding") }
        return .damaged(reason: error.words)
    }

    /// A decoded frame, that more packets are needed, or that the stream is over.
    public enum Reception: Sendable {
        case frame(Frame)
        case needsPacket
        case ended
        /// A picture was lost; ask again.
        case damaged(reason: String)
    }

    public func receive() throws(MatteError) -> Reception {
        let picture = try Picture()
        let code = avcodec_receive_frame(context, picture.pointer)
        if code == FFmpegError.tryAgain { return .needsPacket }
        if code == FFmpegError.endOfFile { return .ended }
        guard code >= 0 else {
            if code == matte_error_no_memory { throw MatteError(.internal, "out of memory while decoding") }
            try checkAnimation()
            return .damaged(reason: FFmpegError(code: code, operation: "decode '\(name)'").words)
        }
        let isCorrupt =
            picture.pointer.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
            || picture.pointer.pointee.decode_error_flags != 0
        if isCorrupt { damagedFrames += 1 }
        if picture.pointer.pointee.interlaced_frame != 0 { sawInterlacing = true }
        do {
            return .frame(try frame(from: picture))
        } catch let error as FFmpegError {
            throw error.asMatteError(.badInput, advice: "convert the clip to another pixel format first")
        } catch let error as MatteError {
            throw error
        } catch {
            throw MatteError(.internal, "\(error)")
        }
    }

    private func checkAnimation() throws(MatteError) {
        guard tags.sawAnimation else { return }
        throw MatteError(
            .badInput, "'\(name)' is a moving WebP, which the installed FFmpeg cannot decode",
            advice: "convert it to a video, or save one of its pictures")
    }

    /// Forgets what was decoded; the next packet must be a key frame.
    public func flush() { avcodec_flush_buffers(context) }

    private func frame(from picture: Picture) throws -> Frame {
        let pts = picture.pointer.pointee.best_effort_timestamp
        let original = PixelFormat(picture.format)
        // The container's word comes before the codec's, as in FFmpeg's own programs.
        var aspect = info.containerAspectRatio
        if !aspect.isKnown { aspect = Rational(picture.pointer.pointee.sample_aspect_ratio) }
        if !aspect.isKnown { aspect = info.sampleAspectRatio }
        let converted = original == nil ? PixelFormat.nearest(to: picture.format) : picture.format
        let tags = tags.take(pts: picture.pointer.pointee.pts)
        properties = PictureProperties(picture.pointer, codec: context.pointee.codec_id, tags: tags)
        orientation = Orientation(picture.pointer) ?? tags?.orientation ?? info.orientation
        if orientation.swapsSides { aspect = Rational(aspect.denominator, aspect.numerator) }
        let chain =
            orientation.filters
            + (original == nil ? [Self.conversion(to: converted, range: picture.pointer.pointee.color_range)] : [])
        if !chain.isEmpty {
            let chain = chain.joined(separator: ",")
            if graph?.shape != FilterGraph.Shape(picture.pointer) || graph?.chain != chain {
                graph = try FilterGraph(for: picture.pointer, chain: chain)
            }
            try graph?.apply(to: picture.pointer)
        }
        guard let format = PixelFormat(picture.format),
            var frame = picture.frame(
                format: format, color: info.color,
                timestamp: Timestamp(ticks: pts, timeBase: info.timeBase), sampleAspectRatio: aspect)
        else { throw FFmpegError(code: matte_error_invalid_data, operation: "read a picture of '\(name)'") }
        if format.log2ChromaWidth + format.log2ChromaHeight > 0 {
            frame.color.chromaLocation = orientation.turned(frame.color.chromaLocation)
        }
        return frame
    }

    /// - Parameter range: told twice, since FFmpeg would make limited range of whole range otherwise.
    static func conversion(to format: AVPixelFormat, range: AVColorRange) -> String {
        let name = av_get_pix_fmt_name(format).map { String(cString: $0) } ?? "rgba"
        let ranges =
            switch range {
            case AVCOL_RANGE_JPEG: ":in_range=pc:out_range=pc"
            case AVCOL_RANGE_MPEG: ":in_range=tv:out_range=tv"
            default: ""
            }
        return "scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp\(ranges),format=\(name)"
    }
}
