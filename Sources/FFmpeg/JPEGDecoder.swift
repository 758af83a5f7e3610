internal import CFFmpeg
public import Frames

/// Decodes pictures that come one by one, as webcams send them: each a whole JPEG, with or without its Huffman tables.
///
/// One thread at a time; it uses no other. What follows from one picture for the next is nothing.
public final class JPEGDecoder {
    private let context: UnsafeMutablePointer<AVCodecContext>

    /// - Throws: `.missingPart` where the installed FFmpeg has no such decoder.
    public init() throws(MatteError) {
        FFmpegLog.capture()
        guard let codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG), let context = avcodec_alloc_context3(codec) else {
            throw MatteError(.missingPart, "the installed FFmpeg has no Motion-JPEG decoder")
        }
        self.context = context
        context.pointee.thread_count = 1
        do throws(FFmpegError) {
            try check(avcodec_open2(context, codec, nil), "open the Motion-JPEG decoder")
        } catch {
            throw error.asMatteError(.missingPart, advice: nil)
        }
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&owned)
    }

    /// - Parameters:
    ///   - color: fills what the picture does not say.
    ///   - duration: ticks of the time stamp's time base.
    /// - Returns: nil for what is no JPEG, or a damaged one.
    public func decode(
        _ bytes: UnsafeRawBufferPointer, color: ColorDescription, timestamp: Timestamp, duration: Int64
    ) throws(MatteError) -> Frame? {
        let packet = try Packet()
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return nil }
        guard av_new_packet(packet.pointer, Int32(clamping: bytes.count)) >= 0 else {
            throw MatteError(.internal, "out of memory")
        }
        UnsafeMutableRawPointer(packet.pointer.pointee.data).copyMemory(from: source, byteCount: bytes.count)
        let picture = try Picture()
        guard avcodec_send_packet(context, packet.pointer) >= 0,
            avcodec_receive_frame(context, picture.pointer) >= 0,
            picture.pointer.pointee.decode_error_flags == 0,
            picture.pointer.pointee.flags & AV_FRAME_FLAG_CORRUPT == 0,
            let format = PixelFormat(picture.format),
            var frame = picture.frame(
                format: format, color: color, timestamp: timestamp, sampleAspectRatio: .unknown)
        else { return nil }
        frame.duration = duration
        return frame
    }
}
