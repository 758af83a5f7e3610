internal import CFFmpeg
import Foundation
import Frames

/// Fetches a file over HTTP(S), or copies a `file:` URL, through libavformat: no TLS package of our own is needed.
///
/// What arrives is not trusted: callers compare a SHA-256 before they use it.
public enum Download {
    /// Fetches `url` into the file at `path`, which is made or continued.
    ///
    /// - Parameters:
    ///   - resumeAt: bytes that the file holds already. Where the server cannot continue, the file starts again at 0.
    ///   - isCancelled: asked while waiting; true ends the transfer with `.interrupted`. What arrived stays.
    ///   - progress: bytes that the file holds now, and in the end, if the server says so; throwing stops.
    /// - Throws: `.io` with the server's answer or the network's words; `.cannotCreate` where `path` cannot be written.
    public static func fetch(
        url: String, to path: String, resumeAt: Int64 = 0, isCancelled: @escaping @Sendable () -> Bool = { false },
        progress: (_ received: Int64, _ total: Int64?) throws -> Void = { _, _ in }
    ) throws {
        FFmpegLog.capture()
        let interruption = Interruption(isCancelled)
        try withExtendedLifetime(interruption) {
            let source = try Source(url: url, interruption: interruption)
            let start = source.skip(to: resumeAt) ? resumeAt : 0
            let file = try openFile(path, keeping: start)
            defer { try? file.close() }
            var received = start
            try progress(received, source.total)
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = try source.read(into: &buffer)
                guard count > 0 else { break }
                do {
                    try file.write(contentsOf: buffer[..<count])
                } catch {
                    throw MatteError(.io, "cannot write '\(path)'", advice: "check that its disk has room")
                }
                received += Int64(count)
                try progress(received, source.total)
            }
            if let total = source.total, received != total {
                throw MatteError(.io, "'\(url)' ended after \(received) of \(total) bytes", advice: "try again")
            }
        }
    }

    private static func openFile(_ path: String, keeping start: Int64) throws(MatteError) -> FileHandle {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        do {
            guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileWriteNoPermission) }
            try file.truncate(atOffset: UInt64(start))
            try file.seekToEnd()
            return file
        } catch {
            throw MatteError(.cannotCreate, "cannot write '\(path)'", advice: "check its folder's permissions")
        }
    }

    /// Owns the connection.
    private final class Source {
        private var context: UnsafeMutablePointer<AVIOContext>?
        private let url: String

        init(url: String, interruption: Interruption) throws(MatteError) {
            self.url = url
            // Microseconds without a byte after which a server counts as gone. Files do not know these options.
            let settings = ["rw_timeout": "30000000", "user_agent": "matte", "tls_verify": "1"]
            var options: OpaquePointer?
            if url.hasPrefix("http") { for (key, value) in settings { av_dict_set(&options, key, value, 0) } }
            defer { av_dict_free(&options) }
            var callback = interruption.callback
            do {
                try check(avio_open2(&context, url, AVIO_FLAG_READ, &callback, &options), "fetch '\(url)'")
            } catch {
                throw Self.failure(error, url)
            }
        }

        deinit { avio_closep(&context) }

        /// Nil where the server does not say.
        lazy var total: Int64? = {
            let size = avio_size(context)
            return size > 0 ? size : nil
        }()

        func skip(to offset: Int64) -> Bool {
            guard offset > 0 else { return true }
            if let total, offset > total { return false }
            return avio_seek(context, offset, SEEK_SET) == offset
        }

        /// Bytes read; 0 at the end.
        func read(into buffer: inout [UInt8]) throws(MatteError) -> Int {
            let code = avio_read_partial(context, &buffer, Int32(buffer.count))
            if code == FFmpegError.endOfFile { return 0 }
            do {
                return Int(try check(code, "fetch '\(url)'"))
            } catch {
                throw Self.failure(error, url)
            }
        }

        private static func failure(_ error: FFmpegError, _ url: String) -> MatteError {
            if error.code == matte_error_exit { return MatteError(.interrupted, "interrupted") }
            return error.asMatteError(.io, advice: nil)
        }
    }
}
