import FFmpeg
import Frames
import Matting
import Pipeline

/// The outputs of a segment: each piece is a file of its own for each of them.
///
/// Used by the encoding queue alone, which gives every frame to all outputs before the next.
final class PiecedOutputs {
    /// One of the outputs, as the pipeline sees it.
    final class Sink: ClipSink {
        let copiesStreams = false
        private let owner: PiecedOutputs
        private let index: Int

        init(_ owner: PiecedOutputs, _ index: Int) { (self.owner, self.index) = (owner, index) }

        func write(_ frame: Frame) throws { try owner.write(frame, to: index) }
        func write(_ packet: Packet) throws {}
        func finish() throws { if index == owner.outputs.count - 1 { try owner.endPiece(checkpoint: nil) } }
        func abandon() { owner.outputs[index].abandon() }
    }

    /// Of the piece in work.
    private(set) var outputs: [JobOutput]
    private let segment: JobSegment
    private let places: PiecePlaces
    private let quality: QualityWatch?
    private let open: (_ piece: Int) throws -> [JobOutput]
    private var number: Int
    private var frames = 0
    private var pieceFrames = 0
    private var lastTicks: Int64 = 0

    /// - Parameter open: makes the outputs of a piece.
    init(
        _ segment: JobSegment, places: PiecePlaces, quality: QualityWatch?,
        open: @escaping (_ piece: Int) throws -> [JobOutput]
    ) throws {
        self.segment = segment
        self.places = places
        self.quality = quality
        self.open = open
        number = segment.firstPiece
        outputs = try open(number)
    }

    var sinks: [any ClipSink] { outputs.indices.map { Sink(self, $0) } }

    private func write(_ frame: Frame, to index: Int) throws {
        if index == 0, let checkpoint = places.checkpoint(afterFrames: frames), pieceFrames > 0 {
            try endPiece(checkpoint: checkpoint)
            places.remove(afterFrames: frames)
            number += 1
            outputs = try open(number)
        }
        try outputs[index].write(frame)
        guard index == outputs.count - 1 else { return }
        frames += 1
        pieceFrames += 1
        lastTicks = frame.timestamp.ticks
    }

    private func endPiece(checkpoint: MattingCheckpoint?) throws {
        for output in outputs {
            try output.finish()
            try output.verify()
        }
        try segment.onPiece(
            FinishedPiece(
                number: number, files: outputs.map(\.path), frames: pieceFrames, lastTicks: lastTicks,
                checkpoint: checkpoint, quality: checkpoint == nil ? quality?.finish() : quality?.take(pieceFrames)))
        pieceFrames = 0
    }
}
