/// Keeps the float memory of images that are gone for the next ones.
///
/// Any thread may use it.
public final class FloatPool: Sendable {
    private let memories = Protected<[FloatMemory]>([])
    private let capacity: Int?

    /// Keeps one number of floats: memory of another count is freed, so a clip that changes its size does not hoard.
    public init() { capacity = nil }

    /// Keeps memory of all counts, and serves a count from memory up to twice as large.
    ///
    /// - Parameter capacity: floats, beyond which memory that no image has is freed, the oldest first.
    public init(capacity: Int) { self.capacity = capacity }

    /// Memory of at least `count` floats that no image has any more, or new memory.
    func memory(count: Int) -> FloatMemory {
        memories.withLock { memories in
            guard let capacity else { return Self.memory(of: count, in: &memories) }
            return Self.memory(atLeast: count, in: &memories, capacity: capacity)
        }
    }

    private static func memory(of count: Int, in memories: inout [FloatMemory]) -> FloatMemory {
        if let first = memories.first, first.count != count { memories.removeAll() }
        // The pool's own reference is the only one left: the last image is gone, and none can come back.
        for index in memories.indices where isKnownUniquelyReferenced(&memories[index]) { return memories[index] }
        let memory = FloatMemory(count: count)
        memories.append(memory)
        return memory
    }

    private static func memory(
        atLeast count: Int, in memories: inout [FloatMemory], capacity: Int
    ) -> FloatMemory {
        var best: Int?
        for index in memories.indices {
            let size = memories[index].count
            guard size >= count, size / 2 <= count, size < best.map({ memories[$0].count }) ?? .max,
                isKnownUniquelyReferenced(&memories[index])
            else { continue }
            best = index
            if size == count { break }
        }
        if let best { return memories[best] }
        var kept = memories.reduce(count) { $0 + $1.count }
        var index = 0
        while kept > capacity, index < memories.count {
            if isKnownUniquelyReferenced(&memories[index]) {
                kept -= memories[index].count
                memories.remove(at: index)
            } else {
                index += 1
            }
        }
        let memory = FloatMemory(count: count)
        memories.append(memory)
        return memory
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
}
