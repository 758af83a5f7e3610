/// MSE: mean (α − α*)², ×10³ (Lin et al., arXiv:2108.11515, section 5.1).
public enum MeanSquaredError {
    /// - Returns: nil where no pixel counts.
    public static func measure(_ pair: MattePair) -> Double? {
        pair.withValues { predicted, truth in
            pair.mean { index in
                let difference = Double(predicted[index] - truth[index])
                return difference * difference * 1e3
            }
        }
    }
}
