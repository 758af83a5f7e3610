public import Decoding
public import Presets

/// One clip of a plan, with its chunks.
public struct PlannedClip: Sendable, Codable {
    /// A stretch of the clip that one worker does.
    public struct Chunk: Sendable, Hashable, Codable {
        public var span: ClipSegment
        /// Whoever mattes all frames from here on gives those of the span as one long run would, bit by bit.
        public var exactFrom: Int64

        /// Whether it begins where one long run would begin afresh too. If not, its worker warms the network up.
        public var isExact: Bool { exactFrom == span.first }
    }

    /// Absolute.
    public var input: String
    public var output: String
    /// All options but input and output; files in them are absolute.
    public var settings: [RunSetting]
    /// By which a worker knows the input again.
    var seal: InputSeal
    /// Place in the plan's list of what options lead to.
    var surroundings: Int
    /// Number of the first of its shards, from 0.
    public var firstShard: Int
    /// Empty for a clip that is one shard as a whole.
    public var chunks: [Chunk]
    /// Time of the first frame of the clip, after the shift.
    var clipStart: Int64
    /// Frames after which a chunk's work is kept.
    var pieceFrames: Int
    /// Of a clip that is cut, as its file says.
    public var expectedFrames: Int?

    /// How many workers it takes.
    public var shardCount: Int { max(1, chunks.count) }

    /// What `matte run` would be asked for.
    func options() throws -> RunOptions {
        var options = RunOptions(input: input, output: output)
        try settings.apply(to: &options)
        return options
    }
}
