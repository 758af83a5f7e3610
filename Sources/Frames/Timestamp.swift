/// A presentation time (PTS): a whole number of ticks of a time base. Never rounded on its way through the program.
public struct Timestamp: Sendable, Hashable, CustomStringConvertible {
    public let ticks: Int64
    /// Seconds per tick.
    public let timeBase: Rational

    public init(ticks: Int64, timeBase: Rational) {
        self.ticks = ticks
        self.timeBase = timeBase
    }

    /// Seconds, for people and for choosing a background's frame; not exact.
    public var seconds: Double { Double(ticks) * timeBase.doubleValue }

    public var description: String { "\(ticks)×\(timeBase)" }
}
