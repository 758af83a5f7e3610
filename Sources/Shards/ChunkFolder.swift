import Encoding
import Foundation
import Frames
import Glibc
import MatteKit
import Matting

/// What is kept of one shard. Its files appear when they are complete, are never changed, and tell all that anybody has to
/// know: which pieces are done, what failed, and that the whole is done.
struct ChunkFolder {
    let path: String
    let shard: Int

    /// A piece that is complete.
    struct Piece: Codable, Equatable {
        /// Names in the folder, in the order of the run's outputs.
        var files: [String]
        var frames: Int
        /// Of the last frame; nil for a clip that is a shard as a whole.
        var lastTicks: Int64?
        var quality: QualityTally?
    }

    /// `done.json`.
    struct Done: Codable, Equatable {
        var shard: Int
        var pieces: [Piece]
        var host: String
        var attempt: Int
        var seconds: Double
        var figures: ShardFigures?
        /// Of a chunk that begins within a shot.
        var warmUp: SegmentWarmUp.Figures?

        var frames: Int { pieces.reduce(0) { $0 + $1.frames } }
    }

    /// `failed-….json`.
    struct Failure: Codable, Equatable {
        /// Of the exit status.
        var status: Int32
        var message: String
        var host: String
        var attempt: Int
        /// Seconds since 1970.
        var time: Double
        /// Whether another attempt may succeed.
        var isWorthRetrying: Bool
    }

    private static let doneName = "done.json"
    private static let warmUpName = "warm-up.json"

    func make() throws(MatteError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw MatteError(
                .cannotCreate, "the folder '\(path)' cannot be made", advice: "look at the plan's permissions")
        }
    }

    /// Nil while the shard is not done. Reads one file, and no folder.
    var done: Done? { read(Self.doneName) }

    /// Says that all is done. Late is as good as first: whoever did it.
    func publish(_ done: Done) throws(MatteError) { try publish(done, as: Self.doneName) }

    /// The pieces from the first on, up to the first that is missing.
    var pieces: [Piece] {
        var pieces: [Piece] = []
        while let piece: Piece = read("piece-\(pieces.count).json"),
            piece.files.allSatisfy({ Publication.isTaken("\(path)/\($0)") })
        {
            pieces.append(piece)
        }
        return pieces
    }

    /// Takes a finished piece over from an attempt's folder: first its files, then its state, then the record that makes
    /// it count.
    func publish(_ finished: FinishedPiece, isWhole: Bool) throws(MatteError) {
        var names: [String] = []
        for file in finished.files {
            let name = (file as NSString).lastPathComponent
            _ = try Publication.publish(file: file, as: "\(path)/\(name)")
            names.append(name)
        }
        if let checkpoint = finished.checkpoint {
            _ = try Publication.publish(checkpoint.bytes, as: checkpointPath(afterPiece: finished.number))
        }
        let piece = Piece(
            files: names, frames: finished.frames, lastTicks: isWhole ? nil : finished.lastTicks,
            quality: finished.quality)
        try publish(piece, as: "piece-\(finished.number).json")
        unlink(checkpointPath(afterPiece: finished.number - 1))
    }

    /// Where matting stood after a piece; nil where that is not known any more.
    func checkpoint(afterPiece number: Int) -> MattingCheckpoint? {
        guard let data = FileManager.default.contents(atPath: checkpointPath(afterPiece: number)) else { return nil }
        return try? MattingCheckpoint(bytes: Array(data))
    }

    /// How the network was brought to the first frame; nil where that is not done, or has not to be done.
    var warmUp: SegmentWarmUp.Figures? { read(Self.warmUpName) }

    /// Where matting stands before the first piece.
    var warmCheckpoint: MattingCheckpoint? { checkpoint(afterPiece: -1) }

    /// Keeps a warm-up until the first piece is complete; what is known of it stays.
    func publish(_ warmUp: SegmentWarmUp.Figures, checkpoint: MattingCheckpoint?) throws(MatteError) {
        if let checkpoint { _ = try Publication.publish(checkpoint.bytes, as: checkpointPath(afterPiece: -1)) }
        try publish(warmUp, as: Self.warmUpName)
    }

    private func checkpointPath(afterPiece number: Int) -> String {
        number < 0 ? "\(path)/warm-up.state" : "\(path)/piece-\(number).state"
    }

    /// The latest failure.
    var failure: Failure? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let failures: [Failure] = names.filter { $0.hasPrefix("failed-") }.compactMap { read($0) }
        return failures.max { $0.time < $1.time }
    }

    /// - Parameter token: tells attempts apart.
    func publish(_ failure: Failure, token: String) throws(MatteError) {
        try publish(failure, as: "failed-\(token).json")
    }

    private func read<Record: Decodable>(_ name: String) -> Record? {
        FileManager.default.contents(atPath: "\(path)/\(name)").flatMap {
            try? JSONDecoder().decode(Record.self, from: $0)
        }
    }

    private func publish(_ record: some Encodable, as name: String) throws(MatteError) {
        _ = try Publication.publish(record: record, as: "\(path)/\(name)")
    }
}
