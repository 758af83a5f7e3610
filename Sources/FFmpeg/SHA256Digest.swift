import Foundation
internal import Frames

/// SHA-256 by libavutil, as lower-case hexadecimal digits.
public enum SHA256Digest {
    /// - Parameter progress: called with the bytes hashed so far; throwing stops.
    /// - Throws: `.noInput` where the file cannot be opened, `.io` where reading breaks.
    public static func hexDigest(ofFile path: String, progress: ((Int64) throws -> Void)? = nil) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw MatteError(.noInput, "cannot read '\(path)'", advice: "check that it is there and may be read")
        }
        defer { try? file.close() }
        let state = try RunningSHA256()
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

    public static func hexDigest(of bytes: UnsafeRawBufferPointer) throws -> String {
        let state = try RunningSHA256()
        state.update(bytes)
        return state.finish()
    }
}
