/// Keeps the float memory of images that are gone for the next ones of the same number of floats.
///
/// Any thread may use it. Only one count is kept: memory of another count is freed, so a clip that changes its size
/// does not hoard.
public final class FloatPool: Sendable {
    private let memories = Protected<[FloatMemory]>([])

    public init() {}

    /// Memory that no image has any more, or new memory.
    func memory(count: Int) -> FloatMemory {
        memories.withLock { memories in
            if let first = memories.first, first.count != count { memories.removeAll() }
            // The pool's own reference is the only one left: the last image is gone, and none can come back.
            for index in memories.indices where isKnownUniquelyReferenced(&memories[index]) { return memories[index] }
            let memory = FloatMemory(count: count)
            memories.append(memory)
            return memory
        }
    }
}

/// The memory behind a `FloatImage`.
final class FloatMemory: @unchecked Sendable {
    // Sendable: written by the one maker of an image before anybody else sees it.
    let pointer: UnsafeMutablePointer<Float>
    let count: Int

    init(count: Int) {
        // One more vector than asked for, so that kernels may read past the end.
        let byteCount = count * MemoryLayout<Float>.stride + FrameBuffer.alignment
        let raw = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: FrameBuffer.alignment)
        pointer = raw.bindMemory(to: Float.self, capacity: count)
        self.count = count
    }

    deinit { UnsafeMutableRawPointer(pointer).deallocate() }

    var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }
}
