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
        return select(values, min(Int(share * Float(values.count)), values.count - 1))
    }

    /// The value that would stand at `rank` if the values were sorted (Hoare's quickselect, the middle value as pivot):
    /// medians are taken dozens of times a frame.
    private static func select(_ values: [Float], _ rank: Int) -> Float {
        var values = values
        return values.withUnsafeMutableBufferPointer { values in
            var (low, high) = (0, values.count - 1)
            while low < high {
                let pivot = values[(low + high) / 2]
                var (left, right) = (low, high)
                while left <= right {
                    while values[left] < pivot { left += 1 }
                    while pivot < values[right] { right -= 1 }
                    guard left <= right else { break }
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
                if rank <= right {
                    high = right
                } else if rank >= left {
                    low = left
                } else {
                    return values[rank]
                }
            }
            return values[rank]
        }
    }

    /// The standard deviation of a normal distribution with this median of absolute values.
    static func deviation(ofMedian median: Float) -> Float { 1.4826 * median }
}
