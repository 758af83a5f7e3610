/// Hands out frame buffers of one size and format, and takes their memory back when the last frame on it is gone.
///
/// Any thread may ask; memory comes back on whatever thread lets go of a frame last.
public final class FramePool: Sendable {
    public let size: Size
    public let format: PixelFormat
    private let shelf: Shelf

    public init(size: Size, format: PixelFormat) {
        self.size = size
        self.format = format
        shelf = Shelf(byteCount: FrameBuffer.byteCount(size, format).total)
    }

    /// A buffer with undefined contents.
    public func makeBuffer() -> FrameBuffer {
        let shelf = shelf
        return FrameBuffer(size: size, format: format, memory: shelf.take()) { shelf.put($0) }
    }
}

/// Free memory blocks of one size.
final class Shelf: Sendable {
    private struct Block: @unchecked Sendable {
        // Sendable: a block on the shelf has no other owner.
        let pointer: UnsafeMutableRawPointer
    }

    private let byteCount: Int
    private let blocks = Protected<[Block]>([])

    init(byteCount: Int) { self.byteCount = byteCount }

    deinit {
        blocks.withLock { for block in $0 { block.pointer.deallocate() } }
    }

    func take() -> UnsafeMutableRawPointer {
        blocks.withLock { $0.popLast() }?.pointer
            ?? UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: FrameBuffer.alignment)
    }

    func put(_ pointer: UnsafeMutableRawPointer) {
        blocks.withLock { $0.append(Block(pointer: pointer)) }
    }
}
