internal import Frames

/// The foreground's MSE: mean (F − F*)² over R', G' and B' of the pixels where α* > 0, ×10³ (Lin et al.,
/// arXiv:2108.11515, section 5.1): elsewhere no colour is the true one.
public enum ForegroundError {
    /// - Returns: nil where no colours are compared, or no pixel counts.
    public static func measure(_ pair: MattePair) -> Double? {
        guard let (predicted, truth) = pair.foregrounds else { return nil }
        return pair.truth.withFloats { alpha in
            let count = pair.sum { alpha[$0] > 0 ? 1 : 0 }
            guard count > 0 else { return nil }
            var sum = 0.0
            for channel in 0..<3 {
                sum += predicted.withChannel(channel) { predicted in
                    truth.withChannel(channel) { truth in
                        pair.sum { index in
                            guard alpha[index] > 0 else { return 0 }
                            let difference = Double(predicted[index] - truth[index])
                            return difference * difference
                        }
                    }
                }
            }
            return sum / (3 * count) * 1e3
        }
    }
}
