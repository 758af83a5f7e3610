import FFmpeg

/// How this process keeps memory.
public enum HeapSettings {
    /// Fits the allocator to work on pictures. For a program's very beginning; a library leaves it to its program.
    public static func apply() { LargeBlocks.giveBack() }
}
