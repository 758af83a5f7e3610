import Foundation

/// Durations as clocks show them.
public enum ClockText {
    /// "0:07", "12:30", "1:02:03"; a part of a second counts as one.
    public static func of(seconds: Double) -> String {
        let total = seconds.isFinite ? Int(min(max(0, seconds), 1e9).rounded(.up)) : 0
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
    }
}
