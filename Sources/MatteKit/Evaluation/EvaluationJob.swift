public import Frames
import Metrics

/// Compares a clip's mattes with the true ones, frame by frame. Memory does not grow with the pictures of the clip.
///
/// `run` blocks. An object may run more than once.
public struct EvaluationJob: Sendable {
    private let options: EvaluationOptions
    private let isCancelled: @Sendable () -> Bool
    private let notice: NoticeHandler

    /// - Parameter isCancelled: asked between frames; true ends the run with `.interrupted`.
    public init(
        _ options: EvaluationOptions, isCancelled: @escaping @Sendable () -> Bool = { false },
        notice: @escaping NoticeHandler = { _ in }
    ) {
        self.options = options
        self.isCancelled = isCancelled
        self.notice = notice
    }

    /// - Parameter progress: called after every frame with the number of frames done, and of those expected.
    /// - Throws: `.badInput` where the clips differ in size or length, are damaged, or nothing is left to measure.
    public func run(progress: (Int, Int?) -> Void = { _, _ in }) throws -> EvaluationReport {
        guard (options.predictedForeground == nil) == (options.trueForeground == nil) else {
            throw MatteError(
                .usage, "one of two foregrounds is missing", advice: "give --foreground and --true-foreground together")
        }
        let plot = try options.plot.map { try EvaluationPlot(options, path: $0, isCancelled: isCancelled) }
        let pairs = try PairReader(options, isCancelled: isCancelled, notice: notice)
        var evaluator = MatteEvaluator()
        var frames: [EvaluationReport.Frame] = []
        var size = Size(width: 0, height: 0)
        while let (pair, timestamp) = try pairs.next() {
            size = pair.truth.size
            frames.append(
                .init(number: frames.count + 1, seconds: timestamp.seconds, errors: evaluator.measure(pair)))
            progress(frames.count, pairs.expectedFrames)
        }
        let mean = MatteErrors.mean(frames.map(\.errors))
        guard mean[.mad] != nil else {
            throw MatteError(
                .badInput, "the trimap '\(options.trimap ?? "")' leaves no pixel to measure",
                advice: "its unknown part is grey, 128 of 255")
        }
        let report = EvaluationReport(
            predicted: options.predicted, truth: options.truth, width: size.width, height: size.height, mean: mean,
            frames: frames)
        try plot?.write(report)
        return report
    }
}
