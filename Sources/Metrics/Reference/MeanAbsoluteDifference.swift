/// MAD: mean |α − α*|, ×10³ (Lin et al., arXiv:2108.11515, section 5.1).
public enum MeanAbsoluteDifference {
    /// - Returns: nil where no pixel counts.
    public static func measure(_ pair: MattePair) -> Double? {
        pair.withValues { predicted, truth in
            pair.mean { Double(abs(predicted[$0] - truth[$0])) * 1e3 }
        }
    }
}
