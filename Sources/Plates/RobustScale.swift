internal import Frames
internal import Pixels

/// Statistics that a third of wrong values does not move much.
enum RobustScale {
    /// Most values that are looked at: enough for the statistics, whatever the picture's size.
    private static let sampleCount = 4096

    /// Every n-th pixel at which `weight` is above a half, so that about `count` remain. The choice depends on nothing
    /// but the weights.
    static func samples(where weight: FloatImage, count: Int = sampleCount) -> [Int32] {
        weight.places(above: 0.5, about: count)
    }

    /// 0 of nothing.
    static func median(_ values: [Float]) -> Float { quantile(values, 0.5) }

    static func quantile(_ values: [Float], _ share: Float) -> Float {
        guard !values.isEmpty else { return 0 }
        return select(values, min(Int(share * Float(values.count)), values.count - 1))
    }

    /// The value that would stand at `rank` if the values were sorted; numbers that are none stand at the ends.
    ///
    /// Digit by digit from the highest: medians are taken dozens of times a frame, and comparing for a pivot guesses
    /// wrong half of the time.
    private static func select(_ values: [Float], _ rank: Int) -> Float {
        var keys = values.map(key)
        var rank = rank
        for digit in [Digit(shift: 21, bits: 11), Digit(shift: 10, bits: 11), Digit(shift: 0, bits: 10)] {
            guard keys.count > 1 else { break }
            let chosen = digit.bucket(of: &rank, in: keys)
            keys.removeAll { digit.value(of: $0) != chosen }
        }
        return value(keys[0])
    }

    /// Some bits of a key.
    private struct Digit {
        let shift: UInt32
        let bits: UInt32

        func value(of key: UInt32) -> Int { Int((key >> shift) & ((1 << bits) - 1)) }

        /// The digit of the key at `rank`, which becomes its rank among those with the same.
        func bucket(of rank: inout Int, in keys: [UInt32]) -> Int {
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << Int(bits)) { counts in
                counts.initialize(repeating: 0)
                for key in keys { counts[value(of: key)] += 1 }
                for digit in counts.indices {
                    if rank < counts[digit] { return digit }
                    rank -= Int(counts[digit])
                }
                return counts.count - 1
            }
        }
    }

    /// In the order of the values.
    private static func key(_ value: Float) -> UInt32 {
        let bits = value.bitPattern
        return bits >> 31 == 0 ? bits | 1 << 31 : ~bits
    }

    private static func value(_ key: UInt32) -> Float {
        Float(bitPattern: key >> 31 == 0 ? ~key : key & ~(1 << 31))
    }

    /// The standard deviation of a normal distribution with this median of absolute values.
    static func deviation(ofMedian median: Float) -> Float { 1.4826 * median }
}
