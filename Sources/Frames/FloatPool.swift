/// Keeps the float memory of images that are gone for the next ones of the same number of floats.
///
/// Any thread may use it. Only one count is kept: memory of another count is freed, so a clip that changes its size
/// does not hoard.
public final class FloatPool: Sendable {
    private struct State {
        var byteCount = 0
        var shelf: Shelf?
    }

    private let state = Protected(State())

    public init() {}

    func shelf(byteCount: Int) -> Shelf {
        state.withLock { state in
            if let shelf = state.shelf, state.byteCount == byteCount { return shelf }
            let shelf = Shelf(byteCount: byteCount)
            state = State(byteCount: byteCount, shelf: shelf)
            return shelf
        }
    }
}

/// The memory behind a `FloatImage`.
final class FloatMemory {
    let pointer: UnsafeMutablePointer<Float>
    private let raw: UnsafeMutableRawPointer
    private let count: Int
    private let shelf: Shelf?

    init(count: Int, pool: FloatPool?) {
        // One more vector than asked for, so that kernels may read past the end.
        let byteCount = count * MemoryLayout<Float>.stride + FrameBuffer.alignment
        shelf = pool?.shelf(byteCount: byteCount)
        raw = shelf?.take() ?? .allocate(byteCount: byteCount, alignment: FrameBuffer.alignment)
        pointer = raw.bindMemory(to: Float.self, capacity: count)
        self.count = count
    }

    var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }

    deinit {
        if let shelf { shelf.put(raw) } else { raw.deallocate() }
    }
}
