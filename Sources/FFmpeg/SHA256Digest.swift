internal import CFFmpeg
import Foundation
public import Frames

/// SHA-256 by libavutil, as lower-case hexadecimal digits.
public enum SHA256Digest {
    /// - Parameter progress: called with the bytes hashed so far; throwing stops.
    /// - Throws: `.noInput` where the file cannot be opened, `.io` where reading breaks.
    public static func hexDigest(ofFile path: String, progress: ((Int64) throws -> Void)? = nil) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw MatteError(.noInput, "cannot read '\(path)'", advice: "check that it is there and may be read")
        }
        defer { try? file.close() }
        var state = try State()
        var count: Int64 = 0
        while true {
            let chunk: Data?
            do { chunk = try file.read(upToCount: 1 << 20) } catch { throw MatteError(.io, "cannot read '\(path)'") }
            guard let chunk, !chunk.isEmpty else { break }
            chunk.withUnsafeBytes { state.update($0) }
            count += Int64(chunk.count)
            try progress?(count)
        }
        return state.finish()
    }

    public static func hexDigest(of bytes: UnsafeRawBufferPointer) throws(MatteError) -> String {
        var state = try State()
        state.update(bytes)
        return state.finish()
    }

    /// libavutil's context, freed with the value.
    private struct State: ~Copyable {
        private let context: OpaquePointer

        init() throws(MatteError) {
            guard let context = av_sha_alloc() else { throw MatteError(.internal, "out of memory") }
            self.context = context
            av_sha_init(context, 256)
        }

        deinit { av_free(UnsafeMutableRawPointer(context)) }

        mutating func update(_ bytes: UnsafeRawBufferPointer) {
            guard let base = bytes.baseAddress else { return }
            av_sha_update(context, base.assumingMemoryBound(to: UInt8.self), bytes.count)
        }

        consuming func finish() -> String {
            var digest = [UInt8](repeating: 0, count: 32)
            av_sha_final(context, &digest)
            return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
