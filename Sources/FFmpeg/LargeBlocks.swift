internal import CFFmpeg

/// Memory blocks of the size of a large picture's planes and a network's weights.
public enum LargeBlocks {
    /// Smaller blocks come and go with every frame, too often for fresh pages each time.
    private static let leastBytes: Int32 = 8 << 20

    /// Makes the process give such blocks back to the system as soon as they are freed.
    ///
    /// By itself the allocator learns from each large block that was freed to keep the next ones, in an arena for every
    /// few threads. Pictures come and go on all of them, and what the arenas hold free adds up to several pictures.
    public static func giveBack() { matte_give_back_blocks(leastBytes) }
}
