/// SAD: sum |α − α*|, ÷10³ (Rhemann, Rother, Wang, Gelautz, Kohli, Rott: "A Perceptually Motivated Online Benchmark for
/// Image Matting", CVPR 2009).
public enum SumOfAbsoluteDifferences {
    /// - Returns: nil where no pixel counts.
    public static func measure(_ pair: MattePair) -> Double? {
        guard pair.count > 0 else { return nil }
        return pair.withValues { predicted, truth in
            pair.sum { Double(abs(predicted[$0] - truth[$0])) } / 1e3
        }
    }
}
