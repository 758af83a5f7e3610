public import MatteKit

/// How a shard was done, for reports.
public struct ShardFigures: Sendable, Hashable, Codable {
    public var width: Int
    public var height: Int
    public var engine: String
    public var device: String
    /// Of the worker that ended it.
    public var peakMemoryBytes: Int

    init(_ summary: RunSummary) {
        (width, height) = (summary.width, summary.height)
        (engine, device) = (summary.engine, summary.device)
        peakMemoryBytes = summary.pipeline.peakMemoryBytes
    }
}

extension ShardPlan {
    /// What is known of a shard without its worker.
    public struct Progress: Sendable {
        /// In pieces that are complete.
        public let frames: Int
        public let isDone: Bool
        /// Nil while it is not done.
        public let figures: ShardFigures?
        /// What should be looked at in those pieces; nil where nobody asked.
        public let quality: QualityTally?
    }

    /// Reads the files of a shard.
    ///
    /// - Throws: `.usage` for a number that the plan does not have.
    public func progress(ofShard shard: Int) throws(MatteError) -> Progress {
        _ = try place(ofShard: shard)
        let folder = chunkFolder(shard)
        let done = folder.done
        let pieces = done?.pieces ?? folder.pieces
        let judged = pieces.compactMap(\.quality)
        var quality = QualityTally()
        for part in judged { quality.add(part) }
        return Progress(
            frames: pieces.reduce(0) { $0 + $1.frames }, isDone: done != nil, figures: done?.figures,
            quality: judged.isEmpty ? nil : quality)
    }
}
