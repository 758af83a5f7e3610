public import Frames

/// Frames from memory.
public final class FramesInMemory: FrameSource {
    private let frames: [Frame]
    private var next = 0

    public init(_ frames: [Frame]) { self.frames = frames }

    public func nextFrame() -> Frame? {
        guard next < frames.count else { return nil }
        next += 1
        return frames[next - 1]
    }

    public func rewind() { next = 0 }
}
