internal import Frames

/// Statistics that a third of wrong values does not move much.
enum RobustScale {
    /// Most values that are sorted: enough for the statistics, whatever the picture's size.
    private static let sampleCount = 4096

    /// Every n-th pixel at which `weight` is above a half, so that about `count` remain. The choice depends on nothing
    /// but the weights.
    static func samples(where weight: FloatImage, count: Int = sampleCount) -> [Int] {
        weight.withChannel(0) { weight in
            var inside: [Int] = []
            inside.reserveCapacity(weight.count)
            for i in weight.indices where weight[i] > 0.5 { inside.append(i) }
            let step = max(inside.count / count, 1)
            return step == 1 ? inside : stride(from: step / 2, to: inside.count, by: step).map { inside[$0] }
        }
    }

    /// 0 of nothing.
    static func median(_ values: [Float]) -> Float { quantile(values, 0.5) }

    static func quantile(_ values: [Float], _ share: Float) -> Float {
        guard !values.isEmpty else { return 0 }
        return values.sorted()[min(Int(share * Float(values.count)), values.count - 1)]
    }

    /// The standard deviation of a normal distribution with this median of absolute values.
    static func deviation(ofMedian median: Float) -> Float { 1.4826 * median }
}
