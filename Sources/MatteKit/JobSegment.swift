public import Decoding
public import Matting
public import Metrics

/// A part of a clip that one job does, written as pieces that can be joined, and kept piece by piece, so that another
/// job can go on where this one was ended.
///
/// Pieces end every so many frames, as soon as nothing is held back there. Where they end depends on the clip alone, so
/// pieces of several attempts fit together.
public struct JobSegment: Sendable {
    /// The frames that count.
    public var span: ClipSegment
    /// Frames from this tick on are shown to the network, but do not count before `span.first`.
    public var readFrom: Int64
    /// Time of the clip's own first frame, after the shift.
    public var clipStart: Int64
    /// Where the frame before `span.first` left matting; nil for a fresh start.
    public var checkpoint: MattingCheckpoint?
    /// Frames after which a piece is to end.
    public var pieceFrames: Int
    /// Number of the first piece.
    public var firstPiece: Int
    /// Existing folder in which pieces are written.
    public var folder: String
    /// Told of each finished piece, in order, from the encoding queue. Throwing ends the job.
    public var onPiece: @Sendable (FinishedPiece) throws -> Void

    public init(
        span: ClipSegment, readFrom: Int64, clipStart: Int64, checkpoint: MattingCheckpoint? = nil, pieceFrames: Int,
        firstPiece: Int = 0, folder: String, onPiece: @escaping @Sendable (FinishedPiece) throws -> Void
    ) {
        self.span = span
        self.readFrom = readFrom
        self.clipStart = clipStart
        self.checkpoint = checkpoint
        self.pieceFrames = pieceFrames
        self.firstPiece = firstPiece
        self.folder = folder
        self.onPiece = onPiece
    }
}

/// A piece of a segment that is complete and on the disk.
public struct FinishedPiece: Sendable {
    /// From 0.
    public var number: Int
    /// One for each output, in the order of `RunOptions.outputs`.
    public var files: [String]
    public var frames: Int
    /// Time of the last frame, after the shift.
    public var lastTicks: Int64
    /// From where the next piece goes on; nil after the last one.
    public var checkpoint: MattingCheckpoint?
    /// What should be looked at; nil where nobody asked.
    public var quality: QualityTally?

    public init(
        number: Int, files: [String], frames: Int, lastTicks: Int64, checkpoint: MattingCheckpoint?,
        quality: QualityTally? = nil
    ) {
        (self.number, self.files, self.frames, self.lastTicks) = (number, files, frames, lastTicks)
        (self.checkpoint, self.quality) = (checkpoint, quality)
    }
}
