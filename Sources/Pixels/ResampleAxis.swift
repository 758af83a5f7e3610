internal import Foundation

/// How one axis of a picture is resampled: for each new sample the old ones it is made of, and their weights.
struct ResampleAxis {
    /// First old sample of each new one; all `taps` samples from there exist.
    let start: [Int32]
    /// Weights tap after tap: `weights[tap × newCount + new]`.
    let weights: [Float]
    let taps: Int
    /// The same for linear interpolation to many more samples; nil for everything else.
    let runs: StretchRuns?

    private struct Kind: Equatable {
        let old: Int
        let new: Int
        let filter: ResampleFilter
        let step: Double?
    }

    private static let recent = RecentValues<Kind, ResampleAxis>(limit: 256)

    /// - Parameter step: old samples from one new sample to the next; nil for as many as make the ends meet. A single new
    ///   sample is then the first old one (ONNX's `pytorch_half_pixel`).
    static func of(_ old: Int, to new: Int, filter: ResampleFilter, step: Double? = nil) -> ResampleAxis {
        recent.value(for: Kind(old: old, new: new, filter: filter, step: step)) {
            ResampleAxis(from: old, to: new, filter: filter, step: step)
        }
    }

    private init(from old: Int, to new: Int, filter: ResampleFilter, step: Double? = nil) {
        let scale = step.map { new == 1 ? 1 : $0 } ?? (Double(old) / Double(new))
        self =
            filter == .bilinear
            ? .bilinear(from: old, to: new, scale: scale) : .general(from: old, to: new, scale: scale, filter: filter)
    }

    private init(start: [Int32], weights: [Float], taps: Int, runs: StretchRuns? = nil) {
        (self.start, self.weights, self.taps, self.runs) = (start, weights, taps, runs)
    }

    /// PyTorch's `interpolate(mode="bilinear", align_corners=False, antialias=False)`.
    private static func bilinear(from old: Int, to new: Int, scale: Double) -> ResampleAxis {
        let taps = min(2, old)
        var start = [Int32](repeating: 0, count: new)
        var weights = [Float](repeating: 1, count: new * taps)
        for index in 0..<(taps == 2 ? new : 0) {
            let position = max((Double(index) + 0.5) * scale - 0.5, 0)
            let first = min(Int(position), old - 1)
            let fraction = position - Double(first)
            // The last sample is taken as the second of two.
            let isLast = first == old - 1
            start[index] = Int32(isLast ? first - 1 : first)
            weights[index] = isLast ? 0 : Float(1 - fraction)
            weights[new + index] = isLast ? 1 : Float(fraction)
        }
        let runs =
            taps == 2 && new >= StretchRuns.leastFactor * old
            ? StretchRuns(start: start, weights: weights, from: old) : nil
        return ResampleAxis(start: start, weights: weights, taps: taps, runs: runs)
    }

    private static func general(from old: Int, to new: Int, scale: Double, filter: ResampleFilter) -> ResampleAxis {
        let contributions = (0..<new).map { index -> (first: Int, weights: [Double]) in
            filter == .lanczos ? lanczos(index, scale, old) : area(index, scale, old)
        }
        let taps = min(contributions.map(\.weights.count).max() ?? 1, old)
        var start = [Int32](repeating: 0, count: new)
        var weights = [Float](repeating: 0, count: new * taps)
        for (index, contribution) in contributions.enumerated() {
            // Near the end the window moves back so that it stays inside, with zeros before the samples that count.
            let first = min(contribution.first, old - taps)
            start[index] = Int32(first)
            for (tap, weight) in contribution.weights.enumerated() {
                weights[(contribution.first - first + tap) * new + index] = Float(weight)
            }
        }
        return ResampleAxis(start: start, weights: weights, taps: taps)
    }

    /// Weights of one new sample, tap after tap.
    func weights(of new: Int) -> [Float] {
        (0..<taps).map { weights[$0 * start.count + new] }
    }

    /// The mean of the old picture over the new pixel's area.
    private static func area(_ index: Int, _ scale: Double, _ old: Int) -> (first: Int, weights: [Double]) {
        let (low, high) = (Double(index) * scale, Double(index + 1) * scale)
        let first = min(Int(low), old - 1)
        let end = min(max(Int(high.rounded(.up)), first + 1), old)
        let covered = (first..<end).map { max(min(Double($0 + 1), high) - max(Double($0), low), 0) }
        return normalized(first, covered)
    }

    /// Lanczos with three lobes, widened by the scale when shrinking; samples outside repeat the edge.
    private static func lanczos(_ index: Int, _ scale: Double, _ old: Int) -> (first: Int, weights: [Double]) {
        let lobes = 3.0
        let stretch = max(scale, 1)
        let center = (Double(index) + 0.5) * scale - 0.5
        let low = Int((center - lobes * stretch).rounded(.up))
        let high = Int((center + lobes * stretch).rounded(.down))
        let first = min(max(low, 0), old - 1)
        let last = min(max(high, first), old - 1)
        var weights = [Double](repeating: 0, count: last - first + 1)
        for sample in low...max(high, low) {
            let x = (Double(sample) - center) / stretch
            let weight = abs(x) < 1e-9 ? 1 : sin(.pi * x) * sin(.pi * x / lobes) * lobes / (.pi * .pi * x * x)
            weights[min(max(sample, first), last) - first] += weight
        }
        return normalized(first, weights)
    }

    private static func normalized(_ first: Int, _ weights: [Double]) -> (first: Int, weights: [Double]) {
        let sum = weights.reduce(0, +)
        return (first, sum == 0 ? [1] : weights.map { $0 / sum })
    }
}
