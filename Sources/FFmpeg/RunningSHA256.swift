internal import CFFmpeg
internal import Frames

/// A SHA-256 (FIPS 180-4) of bytes that come piece by piece. Used by one thread at a time.
public final class RunningSHA256 {
    private let state: OpaquePointer

    public init() throws {
        guard let state = av_sha_alloc() else { throw MatteError(.internal, "out of memory") }
        self.state = state
        av_sha_init(state, 256)
    }

    deinit { av_free(UnsafeMutableRawPointer(state)) }

    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        av_sha_update(state, base.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// 64 hexadecimal digits in small letters. Nothing can be added afterwards.
    public func finish() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        av_sha_final(state, &digest)
        return hexadecimal(digest)
    }
}
