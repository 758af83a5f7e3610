import Decoding
import Frames
import Metrics

/// Reads the clips of an evaluation in step. Used by one thread at a time.
final class PairReader {
    private let predicted: MatteSource
    private let truth: MatteSource
    private let foregrounds: (predicted: ColorSource, truth: ColorSource)?
    private let trimap: TrimapReader?
    private let isCancelled: @Sendable () -> Bool

    init(
        _ options: EvaluationOptions, isCancelled: @escaping @Sendable () -> Bool, notice: @escaping NoticeHandler
    ) throws {
        self.isCancelled = isCancelled
        try PictureNames.check(options.predicted, options.truth, frameLimit: options.frameLimit, notice: notice)
        func matte(_ path: String) throws -> MatteSource {
            try MatteSource(path, frameLimit: options.frameLimit, isCancelled: isCancelled, notice: notice)
        }
        func colors(_ path: String) throws -> ColorSource {
            try ColorSource(path, frameLimit: options.frameLimit, isCancelled: isCancelled, notice: notice)
        }
        predicted = try matte(options.predicted)
        truth = try matte(options.truth)
        if let own = options.predictedForeground, let other = options.trueForeground {
            foregrounds = (try colors(own), try colors(other))
        } else {
            foregrounds = nil
        }
        trimap = try options.trimap.map { path in
            try TrimapReader(path, frameLimit: options.frameLimit, isCancelled: isCancelled, notice: notice)
        }
    }

    /// Nil for streams.
    var expectedFrames: Int? { truth.expectedFrames ?? predicted.expectedFrames }

    /// The next pair, with the true clip's time; nil at the end of both.
    func next() throws -> (MattePair, Timestamp)? {
        if isCancelled() { throw MatteError(.interrupted, "interrupted") }
        let (own, other) = (try predicted.next(), try truth.next())
        guard let own, let other else {
            if own != nil { throw ended(truth.path, before: predicted.path, frames: predicted.count - 1) }
            if other != nil { throw ended(predicted.path, before: truth.path, frames: truth.count - 1) }
            return nil
        }
        guard own.alpha.size == other.alpha.size else {
            throw misfit(predicted.path, own.alpha.size, truth.path, other.alpha.size)
        }
        let size = other.alpha.size
        let region = try trimap?.next()
        if let region, let trimap, region.size != size { throw misfit(trimap.path, region.size, truth.path, size) }
        return (
            try MattePair(
                predicted: own.alpha, truth: other.alpha, foregrounds: try nextColors(own, other), region: region),
            other.timestamp
        )
    }

    private func nextColors(
        _ own: MatteSource.Matte, _ other: MatteSource.Matte
    ) throws -> (predicted: FloatImage, truth: FloatImage)? {
        guard let foregrounds else {
            guard let predicted = own.foreground, let truth = other.foreground else { return nil }
            return (predicted, truth)
        }
        func next(_ source: ColorSource) throws -> FloatImage {
            guard let picture = try source.next() else {
                throw ended(source.path, before: truth.path, frames: truth.count - 1)
            }
            let size = other.alpha.size
            guard picture.size == size else { throw misfit(source.path, picture.size, truth.path, size) }
            return picture
        }
        return (try next(foregrounds.predicted), try next(foregrounds.truth))
    }

    private func ended(_ short: String, before long: String, frames: Int) -> MatteError {
        MatteError(
            .badInput, "'\(short)' ends after \(frames) \(frames == 1 ? "frame" : "frames"), '\(long)' goes on",
            advice: frames > 0 ? "compare what both have with --frames \(frames)" : "check both")
    }

    private func misfit(_ one: String, _ size: Size, _ other: String, _ otherSize: Size) -> MatteError {
        MatteError(
            .badInput,
            "frame \(truth.count) of '\(one)' is \(size), that of '\(other)' \(otherSize); they cannot be compared",
            advice: "give both the same size first")
    }
}
