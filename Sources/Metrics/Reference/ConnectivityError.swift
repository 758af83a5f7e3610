internal import Frames

/// Conn: sum |φ(α) − φ(α*)|, ÷10³ (Rhemann et al., CVPR 2009, section 3). A pixel is connected as long as it belongs
/// to the largest region that is opaque in both mattes; φ = 1 − d·[d ≥ θ] falls with the distance d of its alpha from
/// the level at which it comes off. Levels in steps of 0.1, θ = 0.15, regions 4-connected.
public enum ConnectivityError {
    static let steps = 10
    private static let tolerance = 0.15

    /// - Returns: nil where no pixel counts.
    public static func measure(_ pair: MattePair) -> Double? {
        guard pair.count > 0 else { return nil }
        let size = pair.truth.size
        return pair.withValues { predicted, truth in
            let common = (0..<size.pixelCount).map { index in
                // Compared like the benchmark does, in double precision.
                steps(within: Double(min(predicted[index], truth[index])))
            }
            let connected = LargestRegions(levels: common, width: size.width, levelCount: steps).lastLevels
            return pair.sum { index in
                let level = Double(connected[index]) * 0.1
                return abs(looseness(Double(predicted[index]) - level) - looseness(Double(truth[index]) - level))
            } / 1e3
        }
    }

    /// The highest level that a value reaches, 0…10.
    private static func steps(within value: Double) -> UInt8 {
        var level = min(max(Int(value * 10) + 1, 0), steps)
        while level > 0, value < Double(level) * 0.1 { level -= 1 }
        return UInt8(level)
    }

    private static func looseness(_ distance: Double) -> Double { distance >= tolerance ? distance : 0 }
}
