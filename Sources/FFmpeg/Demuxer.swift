internal import CFFmpeg
public import Frames

/// Opens a file or stream and gives its packets in the file's order. One thread at a time.
public final class Demuxer {
    let context: UnsafeMutablePointer<AVFormatContext>
    /// All streams, by index.
    public let streams: [StreamTemplate]
    public let container: ContainerInfo
    /// The stream of moving pictures to decode; nil where there is none. Cover art does not count.
    public let videoStream: Int?
    private let name: String
    /// Places where the container itself was broken and reading went on behind.
    public private(set) var damagedReads = 0
    private static let mostDamagedReads = 64
    private let interruption: Interruption
    private let scratch: Packet

    /// - Parameter isCancelled: asked from this thread while FFmpeg waits; true makes the call fail soon.
    /// - Throws: `.noInput` where nothing is there or it may not be read, `.badInput` where it is no media file,
    ///   `.usage` for an unknown format name or option.
    public init(_ location: MediaLocation, isCancelled: @escaping @Sendable () -> Bool = { false }) throws(MatteError) {
        FFmpegLog.capture()
        name = location.name
        interruption = Interruption(isCancelled)
        scratch = try Packet()
        context = try Self.open(location, interruption)
        do throws(MatteError) {
            guard avformat_find_stream_info(context, nil) >= 0 else {
                throw MatteError(.badInput, "cannot make sense of '\(location.name)'", advice: Self.badFileAdvice)
            }
            var templates: [StreamTemplate] = []
            for index in 0..<Int(context.pointee.nb_streams) {
                guard let stream = context.pointee.streams[index] else { continue }
                templates.append(try StreamTemplate(stream))
            }
            streams = templates
        } catch {
            var owned: UnsafeMutablePointer<AVFormatContext>? = context
            avformat_close_input(&owned)
            throw error
        }
        container = ContainerInfo(context)
        videoStream = Self.bestVideoStream(context)
    }

    deinit {
        var owned: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&owned)
    }

    /// What to do about a file that is no video.
    public static let badFileAdvice = "check that it is a complete video or picture"

    private static func open(
        _ location: MediaLocation, _ interruption: Interruption
    ) throws(MatteError) -> UnsafeMutablePointer<AVFormatContext> {
        var format: UnsafePointer<AVInputFormat>?
        if let name = location.formatName {
            format = av_find_input_format(name)
            guard format != nil else {
                throw MatteError(
                    .usage, "FFmpeg knows no input format '\(name)'", advice: "'ffmpeg -demuxers' lists them")
            }
        }
        var context = avformat_alloc_context()
        guard context != nil else { throw MatteError(.internal, "out of memory") }
        context?.pointee.interrupt_callback = interruption.callback
        var options: OpaquePointer?
        for (key, value) in location.options.sorted(by: { $0.key < $1.key }) { av_dict_set(&options, key, value, 0) }
        defer { av_dict_free(&options) }
        let code = avformat_open_input(&context, location.url, format, &options)
        guard code >= 0, let context else { throw failure(code, location) }
        if let unused = Metadata.entries(options).first {
            var owned: UnsafeMutablePointer<AVFormatContext>? = context
            avformat_close_input(&owned)
            throw MatteError(
                .usage, "the input '\(location.name)' has no option '\(unused.key)'",
                advice: "'ffmpeg -h demuxer=NAME' lists a format's options")
        }
        return context
    }

    private static func failure(_ code: Int32, _ location: MediaLocation) -> MatteError {
        let error = FFmpegError(code: code, operation: "open '\(location.name)'")
        switch code {
        case matte_error_no_entry:
            return MatteError(.noInput, "there is no '\(location.name)'", advice: "check the path")
        case matte_error_no_permission:
            return MatteError(.noInput, "'\(location.name)' may not be read", advice: "check its permissions")
        case matte_error_exit:
            return MatteError(.interrupted, "interrupted")
        default:
            return error.asMatteError(.badInput, advice: badFileAdvice)
        }
    }

    private static func bestVideoStream(_ context: UnsafeMutablePointer<AVFormatContext>) -> Int? {
        let best = Int(av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0))
        func isCover(_ index: Int) -> Bool {
            guard let stream = context.pointee.streams[index] else { return true }
            return stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0
        }
        guard best >= 0 else { return nil }
        if !isCover(best) { return best }
        return (0..<Int(context.pointee.nb_streams)).first { index in
            context.pointee.streams[index]?.pointee.codecpar?.pointee.codec_type == AVMEDIA_TYPE_VIDEO
                && !isCover(index)
        }
    }

    /// The next packet of any stream; nil at the end.
    ///
    /// - Throws: `.io` where reading breaks, `.interrupted` where the caller gave up.
    public func nextPacket() throws(MatteError) -> Packet? {
        var code = av_read_frame(context, scratch.pointer)
        // A broken piece of the container is not its end: FFmpeg finds its way again, or says so.
        var attempts = 0
        while code == matte_error_invalid_data, attempts < Self.mostDamagedReads {
            attempts += 1
            code = av_read_frame(context, scratch.pointer)
        }
        damagedReads += attempts
        if code == FFmpegError.endOfFile { return nil }
        guard code >= 0 else {
            if code == matte_error_exit { throw MatteError(.interrupted, "interrupted") }
            let error = FFmpegError(code: code, operation: "read '\(name)'")
            throw error.asMatteError(.io, advice: "the file may be damaged or its disk unplugged")
        }
        let index = scratch.streamIndex
        let timeBase = streams.indices.contains(index) ? streams[index].timeBase : .unknown
        return try Packet(moving: scratch.pointer, timeBase: timeBase)
    }

    /// Goes to the last key frame of the video stream that is not after `ticks` of its time base.
    ///
    /// - Returns: false where the input cannot be sought; the next packet is the next one then.
    public func seek(toTicks ticks: Int64, stream: Int) -> Bool {
        av_seek_frame(context, Int32(clamping: stream), ticks, AVSEEK_FLAG_BACKWARD) >= 0
    }
}
