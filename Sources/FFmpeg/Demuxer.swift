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
    /// What messages call the input.
    let name: String
    /// Places where the container itself was broken and reading went on behind.
    public private(set) var damagedReads = 0
    /// FFmpeg's words about the last of them.
    public private(set) var damageReason: String?
    private let interruption: Interruption
    private let scratch: Packet

    /// Broken places in a row after which a file is given up.
    private static let mostDamagedReads = 64
    /// Past a file's cut-off end every packet that its index promises is such a place; this many are passed over.
    private static let mostMissingPackets = 1 << 20

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
            if location.analyzes {
                let code = avformat_find_stream_info(context, nil)
                if code == matte_error_exit { throw MatteError(.interrupted, "interrupted") }
                guard code >= 0 else {
                    throw MatteError(.badInput, "cannot make sense of '\(location.name)'", advice: Self.badFileAdvice)
                }
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
    /// Broken places are counted in `damagedReads` and passed over, a cut-off end among them.
    /// - Throws: `.io` where reading breaks, `.interrupted` where the caller gave up.
    public func nextPacket() throws(MatteError) -> Packet? {
        FFmpegLog.capture()
        var code = av_read_frame(context, scratch.pointer)
        var attempts = 0
        while code == matte_error_invalid_data, attempts < (isAtEnd ? Self.mostMissingPackets : Self.mostDamagedReads) {
            attempts += 1
            code = av_read_frame(context, scratch.pointer)
        }
        damagedReads += attempts
        if code == FFmpegError.endOfFile {
            try checkEnd(foundDamage: attempts > 0)
            return nil
        }
        guard code >= 0 else { throw readFailure(code) }
        if attempts > 0 { damageReason = FFmpegLog.takeLastLine() }
        let index = scratch.streamIndex
        let timeBase = streams.indices.contains(index) ? streams[index].timeBase : .unknown
        return try Packet(moving: scratch.pointer, timeBase: timeBase)
    }

    private var isAtEnd: Bool { context.pointee.pb.map { avio_feof($0) != 0 } ?? false }

    /// Many demuxers call a broken connection or a cut-off file simply the end; the layer below, or the log, knows.
    private func checkEnd(foundDamage: Bool) throws(MatteError) {
        let code = context.pointee.pb?.pointee.error ?? 0
        if code < 0, code != FFmpegError.endOfFile { throw readFailure(code) }
        guard let words = FFmpegLog.takeLastLine() else { return }
        damageReason = words
        if !foundDamage { damagedReads += 1 }
    }

    private func readFailure(_ code: Int32) -> MatteError {
        if code == matte_error_exit { return MatteError(.interrupted, "interrupted") }
        let error = FFmpegError(code: code, operation: "read '\(name)'")
        return error.asMatteError(.io, advice: "the file may be damaged or its disk unplugged")
    }

    /// Whether `seek` can work: false for pipes and many streams from a network.
    public var isSeekable: Bool {
        guard let input = context.pointee.pb else { return true }
        return input.pointee.seekable & AVIO_SEEKABLE_NORMAL != 0
    }

    /// Goes to a key frame of the stream near and, if the container's index is exact, not after `ticks`.
    ///
    /// - Returns: false where that fails; where reading goes on is undefined then.
    public func seek(toTicks ticks: Int64, stream: Int) -> Bool {
        isSeekable && av_seek_frame(context, Int32(clamping: stream), ticks, AVSEEK_FLAG_BACKWARD) >= 0
    }
}
