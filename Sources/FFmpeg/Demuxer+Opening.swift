internal import CFFmpeg
internal import Frames

extension Demuxer {
    /// What to do about a file that is no video.
    public static let badFileAdvice = "check that it is a complete video or picture"

    /// Demuxers that draw any text as pictures of a terminal: a text file is no video unless someone says so.
    private static let textArt: Set<String> = ["tty", "bin", "xbin", "adf", "idf"]

    /// - Returns: a context that the caller closes; `interruption` must outlive it.
    static func open(
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
        // On failure FFmpeg frees the context itself.
        let code = avformat_open_input(&context, location.url, format, &options)
        guard code >= 0, let context else { throw failure(code, location) }
        do throws(MatteError) {
            if let unused = Metadata.entries(options).first {
                throw MatteError(
                    .usage, "the input '\(location.name)' has no option '\(unused.key)'",
                    advice: "'ffmpeg -h demuxer=NAME' lists a format's options")
            }
            let found = context.pointee.iformat.map { String(cString: $0.pointee.name) } ?? ""
            if location.formatName == nil, textArt.contains(found) {
                throw MatteError(.badInput, "'\(location.name)' is text, not video", advice: badFileAdvice)
            }
        } catch {
            var owned: UnsafeMutablePointer<AVFormatContext>? = context
            avformat_close_input(&owned)
            throw error
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
        case matte_error_not_found, matte_error_forbidden, matte_error_unauthorized, matte_error_http_other,
            matte_error_http_server, matte_error_refused, matte_error_timed_out, matte_error_no_protocol:
            return error.asMatteError(.noInput, advice: "check the address")
        case matte_error_io:
            // What is not on this machine fails this way when its name or its server does not answer.
            return location.url.contains("://")
                ? error.asMatteError(.noInput, advice: "check the address and the network")
                : error.asMatteError(.io, advice: "check its disk")
        case matte_error_no_memory:
            return MatteError(.internal, "out of memory")
        default:
            return error.asMatteError(.badInput, advice: badFileAdvice)
        }
    }
}
