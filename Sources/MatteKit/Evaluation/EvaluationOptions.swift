/// What `matte eval` compares.
public struct EvaluationOptions: Sendable {
    /// The matte to be judged: a clip, a folder of pictures, a pattern or a picture. Its alpha counts where it has one,
    /// else its grey.
    public var predicted: String
    /// The true matte, likewise, of the same size and number of frames.
    public var truth: String
    /// The colours to be judged; nil takes those beside the alphas where both clips have one.
    public var predictedForeground: String?
    /// The true colours; both or none are given.
    public var trueForeground: String?
    /// Restricts the errors to the unknown part of a trimap: one picture for all frames, or one for each.
    public var trimap: String?
    /// Frames to compare at most; nil for all.
    public var frameLimit: Int?
    /// Where a picture of the errors over time goes.
    public var plot: String?
    public var overwrite = false

    public init(predicted: String, truth: String) {
        self.predicted = predicted
        self.truth = truth
    }

    /// What is read.
    var inputs: [String] {
        [predicted, truth] + [predictedForeground, trueForeground, trimap].compactMap { $0 }
    }
}
