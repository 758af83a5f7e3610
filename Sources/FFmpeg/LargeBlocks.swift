internal import CFFmpeg

/// Memory blocks of the size of a picture's planes.
public enum LargeBlocks {
    /// Below it blocks are allocated far too often for a system call each.
    private static let leastBytes: Int32 = 1 << 20

    /// Makes the process give such blocks back to the system as soon as they are freed.
    ///
    /// By itself the allocator learns from each large block that was freed to keep the next ones, in an arena for every
    /// few threads. Pictures come and go on all of them, and what the arenas hold free adds up to several pictures.
    public static func giveBack() { matte_give_back_blocks(leastBytes) }
}
