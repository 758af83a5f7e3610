internal import Frames

/// Keeps the scratch memory of bands that are done for the next ones: as many blocks as bands ran at a time, each of
/// the largest size asked for. Any thread may use it.
final class ScratchShelf: Sendable {
    struct Block: @unchecked Sendable {
        // Sendable: a block has one owner, who took it, or the shelf.
        let pointer: UnsafeMutablePointer<Float>
        let floats: Int
    }

    static let shared = ScratchShelf()

    private let blocks = Protected<[Block]>([])

    func take(floats: Int) -> Block {
        let kept = blocks.withLock { $0.popLast() }
        if let kept, kept.floats >= floats { return kept }
        kept?.pointer.deallocate()
        // Aligned to a vector, so that rows are.
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: floats * MemoryLayout<Float>.stride, alignment: 64)
        return Block(pointer: bytes.bindMemory(to: Float.self, capacity: floats), floats: floats)
    }

    func put(_ block: Block) {
        blocks.withLock { $0.append(block) }
    }
}
