import Frames

extension Timestamp {
    /// Exact comparison across time bases.
    func isBefore(_ other: Timestamp) -> Bool {
        let left = ticks.multipliedFullWidth(by: Int64(timeBase.numerator) * Int64(other.timeBase.denominator))
        let right = other.ticks.multipliedFullWidth(by: Int64(other.timeBase.numerator) * Int64(timeBase.denominator))
        return left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// Ticks of another time base, rounded to the nearest.
    func rescaled(to other: Rational) -> Int64 {
        let factor = Int64(timeBase.numerator) * Int64(other.denominator)
        let divisor = Int64(timeBase.denominator) * Int64(other.numerator)
        guard divisor > 0, factor > 0 else { return ticks }
        // Whole and rest apart, so that long clips in fine time bases do not overflow.
        let (whole, rest) = ticks.quotientAndRemainder(dividingBy: divisor)
        let part = rest.multipliedFullWidth(by: factor)
        let (quotient, remainder) = divisor.dividingFullWidth(part)
        let rounding: Int64 = 2 * remainder >= divisor ? 1 : 2 * remainder < -divisor ? -1 : 0
        return whole * factor + quotient + rounding
    }
}
