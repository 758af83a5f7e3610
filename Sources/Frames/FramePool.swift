/// Hands out frame buffers of one size and format, and hands them out again when the last frame on them is gone.
///
/// Any thread may ask, and let go of frames.
public final class FramePool: Sendable {
    public let size: Size
    public let format: PixelFormat
    private let buffers = Protected<[FrameBuffer]>([])

    public init(size: Size, format: PixelFormat) {
        self.size = size
        self.format = format
    }

    /// A buffer with undefined contents.
    public func makeBuffer() -> FrameBuffer {
        buffers.withLock { buffers in
            // The pool's own reference is the only one left: the last frame is gone, and none can come back.
            for index in buffers.indices where isKnownUniquelyReferenced(&buffers[index]) { return buffers[index] }
            let buffer = FrameBuffer(undefined: size, format: format)
            buffers.append(buffer)
            return buffer
        }
    }
}
