/// An exact fraction, as FFmpeg's `AVRational`: a time base in seconds per tick, a frame rate, a sample aspect ratio.
///
/// A denominator of 0 means "unknown".
public struct Rational: Sendable, Hashable, CustomStringConvertible {
    public let numerator: Int32
    public let denominator: Int32

    public init(_ numerator: Int32, _ denominator: Int32) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Unknown: 0/0 compares as no rate, no aspect ratio.
    public static let unknown = Rational(0, 0)

    public var isKnown: Bool { denominator != 0 && numerator != 0 }

    /// The nearest `Double`, or 0 where the fraction is unknown.
    public var doubleValue: Double { denominator == 0 ? 0 : Double(numerator) / Double(denominator) }

    public var description: String { "\(numerator)/\(denominator)" }
}
