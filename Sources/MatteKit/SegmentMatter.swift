import Frames
import Matting
import Pipeline

/// Mattes a segment: frames before it are seen but not passed on, and at each place where a piece may end the stage's
/// checkpoint is kept for the sinks, which get there later.
final class SegmentMatter: FrameMatter {
    private let stage: MattingStage
    private let segment: JobSegment
    private let places: PiecePlaces
    private var emitted = 0
    private var pieceStart = 0

    init(_ stage: MattingStage, _ segment: JobSegment, places: PiecePlaces) throws {
        self.stage = stage
        self.segment = segment
        self.places = places
        if let checkpoint = segment.checkpoint { try stage.resume(from: checkpoint) }
    }

    var shotCount: Int { stage.shotCount }

    func process(_ frame: Frame, emit: (MattedFrame) throws -> Void) throws {
        // Before this frame is sent on, so that whoever gets it knows of a piece that ended before it.
        if emitted - pieceStart >= segment.pieceFrames, let checkpoint = stage.checkpoint {
            pieceStart = emitted
            places.add(checkpoint, afterFrames: emitted)
        }
        try stage.process(frame) { try pass($0, emit) }
    }

    func finish(emit: (MattedFrame) throws -> Void) throws {
        try stage.finish { try pass($0, emit) }
    }

    private func pass(_ matted: MattedFrame, _ emit: (MattedFrame) throws -> Void) throws {
        guard matted.frame.timestamp.ticks >= segment.span.first - segment.span.shift else { return }
        emitted += 1
        try emit(matted)
    }
}

/// Where pieces end, from the matting queue to the encoding queue.
final class PiecePlaces: Sendable {
    private let checkpoints = Protected<[Int: MattingCheckpoint]>([:])

    func add(_ checkpoint: MattingCheckpoint, afterFrames count: Int) {
        checkpoints.withLock { $0[count] = checkpoint }
    }

    /// The checkpoint after so many frames of the job; nil where no piece ends.
    func checkpoint(afterFrames count: Int) -> MattingCheckpoint? { checkpoints.withLock { $0[count] } }

    /// Forgets a place that all outputs have passed.
    func remove(afterFrames count: Int) { checkpoints.withLock { $0[count] = nil } }
}
