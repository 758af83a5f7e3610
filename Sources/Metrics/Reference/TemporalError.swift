internal import Frames

/// dtSSD: √mean ((α_t − α_t−1) − (α*_t − α*_t−1))², ×10²: how much of the change from frame to frame is not the
/// subject's own (Erofeev, Gitman, Vatolin, Fedorov, Wang: "Perceptually Motivated Benchmark for Video Matting", BMVC
/// 2015). 0 for the first frame, and for the first of another size.
public struct TemporalError: Sendable {
    private var before: FloatImage?

    public init() {}

    /// Takes the next frame.
    ///
    /// - Returns: nil where no pixel counts.
    public mutating func measure(_ pair: MattePair) -> Double? {
        let error = pair.withValues { predicted, truth in
            FloatImage(size: pair.truth.size, channels: 1) { error in
                for index in error.indices { error[index] = predicted[index] - truth[index] }
            }
        }
        defer { before = error }
        guard let before, before.size == error.size else { return pair.count > 0 ? 0 : nil }
        return error.withFloats { now in
            before.withFloats { before in
                pair.mean { index in
                    let change = Double(now[index] - before[index])
                    return change * change
                }.map { $0.squareRoot() * 1e2 }
            }
        }
    }
}
