public import Frames
internal import CFFmpeg
internal import Glibc

/// Writes packets into a container. Used by one thread at a time.
///
/// First streams are added, then `start` writes the header, packets follow in any order among the streams, and `finish`
/// writes what comes last. Letting go of it early closes the file as it is.
public final class Muxer {
    public let format: ContainerFormat
    /// The output's name in messages.
    let name: String
    let context: UnsafeMutablePointer<AVFormatContext>
    private var lastDecodingTimes: [Int64?] = []
    private var videoStream: Int?
    /// Samples at 48 kHz that the container wants added to a stream's times.
    private var encoderDelays: [Int: Int64] = [:]
    private var isStarted = false
    /// Added to every time, for containers that cannot go below zero; set before the first packet.
    public var shift: Timestamp?

    /// - Parameters:
    ///   - address: FFmpeg's address of the output: "file:" and a path, or "pipe:1". An existing file is emptied.
    ///   - name: the output's name for messages.
    public init(address: String, name: String, format: ContainerFormat) throws {
        FFmpegLog.capture()
        _ = FFmpegLog.takeLastLine()
        var allocated: UnsafeMutablePointer<AVFormatContext>?
        let code = avformat_alloc_output_context2(&allocated, nil, format.name, address)
        guard code >= 0, let context = allocated else {
            throw FFmpegError(code: code, operation: "prepare '\(name)'").asMatteError(.internal, advice: nil)
        }
        self.format = format
        self.name = name
        self.context = context
        // No program version, time or random number in the file: the same pictures give the same bytes.
        context.pointee.flags |= AVFMT_FLAG_BITEXACT
        // Some mappings, such as FLAC and Opus in MP4, were experimental once.
        context.pointee.strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL
        let opened = avio_open2(&context.pointee.pb, address, AVIO_FLAG_WRITE, nil, nil)
        // All is set by now, so that a throw runs `deinit`, which frees the context.
        guard opened >= 0 else {
            throw FFmpegError(code: opened, operation: "open '\(name)' for writing").asMatteError(
                .cannotCreate, advice: "choose another output")
        }
    }

    deinit {
        if context.pointee.pb != nil { avio_closep(&context.pointee.pb) }
        avformat_free_context(context)
    }

    /// Adds the encoder's stream.
    ///
    /// - Parameter tag: four characters that name the codec in the container, where its own choice will not do.
    /// - Returns: the stream's index.
    public func addVideo(_ encoder: VideoEncoder, tag: String? = nil) throws -> Int {
        let stream = try addStream()
        let code = avcodec_parameters_from_context(stream.pointee.codecpar, encoder.context)
        guard code >= 0 else { throw failure(code, .internal) }
        if let tag = tag?.utf8, tag.count == 4 {
            stream.pointee.codecpar.pointee.codec_tag = tag.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        stream.pointee.time_base = AVRational(encoder.settings.timeBase)
        stream.pointee.sample_aspect_ratio = encoder.context.pointee.sample_aspect_ratio
        if encoder.settings.frameRate.isKnown {
            stream.pointee.avg_frame_rate = AVRational(encoder.settings.frameRate)
        }
        stream.pointee.disposition = AV_DISPOSITION_DEFAULT
        videoStream = Int(stream.pointee.index)
        return Int(stream.pointee.index)
    }

    /// Adds pictures that were encoded before and are copied packet by packet, with rising decoding times.
    ///
    /// - Returns: the stream's index.
    public func addVideo(copyOf template: StreamTemplate) throws -> Int {
        let index = try addCopy(of: template)
        stream(index)?.pointee.avg_frame_rate = AVRational(template.averageFrameRate)
        stream(index)?.pointee.disposition = AV_DISPOSITION_DEFAULT
        videoStream = index
        return index
    }

    /// Adds a stream that will be copied packet by packet.
    ///
    /// - Returns: the stream's index in this file.
    public func addCopy(of template: StreamTemplate) throws -> Int {
        let stream = try addStream()
        let code = avcodec_parameters_copy(stream.pointee.codecpar, template.parameters.pointer)
        guard code >= 0 else { throw failure(code, .internal) }
        let parameters = stream.pointee.codecpar
        // The input's tag means something else, or nothing, in another container.
        let tags = context.pointee.oformat.pointee.codec_tag
        if let parameters, tags != nil,
            av_codec_get_id(tags, parameters.pointee.codec_tag) != parameters.pointee.codec_id
        {
            parameters.pointee.codec_tag = 0
        }
        if let parameters { encoderDelays[Int(stream.pointee.index)] = untoldDelay(parameters.pointee) }
        stream.pointee.time_base = AVRational(template.timeBase)
        stream.pointee.disposition = template.disposition
        setMetadata(&stream.pointee.metadata, template.metadata)
        return Int(stream.pointee.index)
    }

    /// Matroska keeps Opus's encoder delay as a number that readers take off every time; FFmpeg before 8 writes the
    /// number but does not add it to the times (matroskaenc.c, `ts_offset`).
    private func untoldDelay(_ parameters: AVCodecParameters) -> Int64? {
        guard format.name == "matroska" || format.name == "webm", parameters.codec_id == AV_CODEC_ID_OPUS,
            avformat_version() >> 16 < 62
        else { return nil }
        return Int64(parameters.initial_padding)
    }

    private func addStream() throws -> UnsafeMutablePointer<AVStream> {
        guard !isStarted, let stream = avformat_new_stream(context, nil) else {
            throw MatteError(.internal, "no stream can be added to '\(name)'")
        }
        lastDecodingTimes.append(nil)
        return stream
    }

    /// Writes the header.
    ///
    /// - Parameter options: of the muxer, by FFmpeg's names; unknown ones are passed over.
    public func start(options: [(String, String)] = []) throws {
        var dictionary: OpaquePointer?
        defer { av_dict_free(&dictionary) }
        for (key, value) in options { av_dict_set(&dictionary, key, value, 0) }
        let code = avformat_write_header(context, &dictionary)
        guard code >= 0 else { throw failure(code, isBroken(code) ? .io : .usage) }
        isStarted = true
    }

    /// The unit in which the file keeps a stream's times; known after `start`.
    public func timeBase(ofStream index: Int) -> Rational {
        guard let stream = stream(index) else { return .unknown }
        return Rational(stream.pointee.time_base)
    }

    /// Writes a packet, now or when its turn among the streams has come. Times are converted to the file's unit, to
    /// the nearest tick where it cannot be exact.
    public func write(_ packet: Packet, toStream index: Int) throws {
        guard isStarted, let stream = stream(index) else {
            throw MatteError(.internal, "'\(name)' has no stream \(index)")
        }
        guard let copy = av_packet_clone(packet.pointer) else { throw MatteError(.internal, "out of memory") }
        copy.pointee.stream_index = Int32(index)
        copy.pointee.pos = -1
        var owned: UnsafeMutablePointer<AVPacket>? = copy
        defer { av_packet_free(&owned) }
        if let shift {
            copy.pointee.delay(by: av_rescale_q(shift.ticks, AVRational(shift.timeBase), AVRational(packet.timeBase)))
        }
        av_packet_rescale_ts(copy, AVRational(packet.timeBase), stream.pointee.time_base)
        if let delay = encoderDelays[index] {
            copy.pointee.delay(by: av_rescale_q(delay, AVRational(num: 1, den: 48_000), stream.pointee.time_base))
        }
        if index == videoStream {
            if let last = lastDecodingTimes[index], copy.pointee.dts <= last { throw tooCoarse(stream) }
            lastDecodingTimes[index] = copy.pointee.dts
        } else {
            repairTimes(&copy.pointee, stream: index)
        }
        let code = av_interleaved_write_frame(context, copy)
        guard code >= 0 else { throw failure(code, .io) }
    }

    /// Containers want decoding times that rise. Copied packets of a damaged input may lack that.
    private func repairTimes(_ packet: inout AVPacket, stream index: Int) {
        let last = lastDecodingTimes[index]
        if packet.dts == Packet.noTime { packet.dts = packet.pts != Packet.noTime ? packet.pts : (last ?? -1) + 1 }
        if let last, packet.dts <= last { packet.dts = last + 1 }
        if packet.pts == Packet.noTime || packet.pts < packet.dts { packet.pts = packet.dts }
        lastDecodingTimes[index] = packet.dts
    }

    private func tooCoarse(_ stream: UnsafeMutablePointer<AVStream>) -> MatteError {
        MatteError(
            .usage,
            "'\(name)' keeps times in steps of \(Rational(stream.pointee.time_base)) s, too coarse for these pictures",
            advice: "choose a .mov or .mp4 file")
    }

    /// Writes the rest and the index, and closes the file.
    public func finish() throws {
        guard isStarted else { throw MatteError(.internal, "'\(name)' was never begun") }
        isStarted = false
        var code = av_write_trailer(context)
        if let output = context.pointee.pb {
            avio_flush(output)
            if code >= 0 { code = output.pointee.error }
        }
        let closed = avio_closep(&context.pointee.pb)
        if code >= 0 { code = closed }
        guard code >= 0 else { throw failure(code, .io) }
    }

    private func stream(_ index: Int) -> UnsafeMutablePointer<AVStream>? {
        guard index >= 0, index < Int(context.pointee.nb_streams) else { return nil }
        return context.pointee.streams[index]
    }

    /// Whether the file, not what was asked of it, is the trouble: the low negative numbers are the system's.
    private func isBroken(_ code: Int32) -> Bool { code < 0 && code > -200 && code != -EINVAL }

    private func failure(_ code: Int32, _ kind: MatteError.Kind) -> MatteError {
        let advice =
            switch -code {
            case ENOSPC, EDQUOT: "make room on the disk, or choose another output"
            case EPIPE: "the reader of the output has ended"
            case EINVAL: "choose another container, such as .mkv"
            default: "check the disk, or choose another output"
            }
        return FFmpegError(code: code, operation: "write '\(name)'").asMatteError(kind, advice: advice)
    }
}

extension AVPacket {
    fileprivate mutating func delay(by ticks: Int64) {
        if pts != Packet.noTime { pts += ticks }
        if dts != Packet.noTime { dts += ticks }
    }
}
