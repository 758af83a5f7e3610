import Frames

extension Timestamp {
    /// Exact comparison across time bases.
    func isBefore(_ other: Timestamp) -> Bool {
        let left = ticks.multipliedFullWidth(by: Int64(timeBase.numerator) * Int64(other.timeBase.denominator))
        let right = other.ticks.multipliedFullWidth(by: Int64(other.timeBase.numerator) * Int64(timeBase.denominator))
        return left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// Ticks of another time base, rounded to the nearest, halves away from zero; clamped to what `Int64` holds.
    func rescaled(to other: Rational) -> Int64 {
        let factor = Int64(timeBase.numerator) * Int64(other.denominator)
        let divisor = Int64(timeBase.denominator) * Int64(other.numerator)
        guard divisor > 0, factor > 0 else { return ticks }
        let product = ticks.magnitude.multipliedFullWidth(by: UInt64(factor))
        let (low, carry) = product.low.addingReportingOverflow(UInt64(divisor) / 2)
        let high = product.high + (carry ? 1 : 0)
        guard high < UInt64(divisor) else { return ticks < 0 ? -.max : .max }
        let magnitude = Int64(clamping: UInt64(divisor).dividingFullWidth((high, low)).quotient)
        return ticks < 0 ? -magnitude : magnitude
    }
}

extension Int64 {
    /// The sum, or the nearest number to it: times of damaged files may be anything, and must not stop the program.
    /// `Int64.min` is never the result, since it means "no time" in FFmpeg.
    func clampedAdding(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? -.max : .max) : Swift.max(sum, -.max)
    }
}
