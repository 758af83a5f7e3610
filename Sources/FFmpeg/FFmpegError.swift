internal import CFFmpeg
internal import Frames

/// A call into FFmpeg that failed: its code, what was being done, and FFmpeg's own words.
///
/// Stays inside this target; what leaves is a `MatteError` whose kind the caller chooses.
struct FFmpegError: Error {
    /// Negative, as FFmpeg returns it.
    let code: Int32
    /// "open", "read", … followed by what, in quotes.
    let operation: String
    /// The last line of FFmpeg's log on this thread.
    let detail: String?

    init(code: Int32, operation: String) {
        self.code = code
        self.operation = operation
        detail = FFmpegLog.takeLastLine()
    }

    static let endOfFile = matte_error_eof
    static let tryAgain = matte_error_again

    /// FFmpeg's description of the code, and its log line where that says more.
    var words: String {
        var text = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
        av_strerror(code, &text, text.count)
        let description = text.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard let detail, !detail.contains(description) else { return detail ?? description }
        return "\(description): \(detail)"
    }

    func asMatteError(_ kind: MatteError.Kind, advice: String?) -> MatteError {
        MatteError(kind, "cannot \(operation): \(words)", advice: advice)
    }
}

/// Passes FFmpeg's result through.
///
/// - Throws: `FFmpegError` where it is negative.
@discardableResult
func check(_ code: Int32, _ operation: @autoclosure () -> String) throws(FFmpegError) -> Int32 {
    guard code < 0 else { return code }
    throw FFmpegError(code: code, operation: operation())
}
