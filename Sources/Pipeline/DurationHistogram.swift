import Foundation

/// Counts durations in buckets that grow by 2 % each, from a microsecond to an hour: percentiles in constant memory.
package struct DurationHistogram: Sendable {
    private static let smallestSeconds = 1e-6
    private static let growth = log(1.02)
    private var counts = [Int](repeating: 0, count: 1112)
    package private(set) var count = 0
    private(set) var totalSeconds = 0.0

    package init() {}

    package mutating func add(seconds: Double) {
        let position = log(max(seconds, Self.smallestSeconds) / Self.smallestSeconds) / Self.growth
        counts[min(Int(position), counts.count - 1)] += 1
        count += 1
        totalSeconds += seconds
    }

    /// The duration that the share `fraction` (0…1) of all durations does not exceed, within 2 %; 0 without any.
    package func percentile(_ fraction: Double) -> Double {
        let rank = Int((fraction * Double(count)).rounded(.up))
        var seen = 0
        for (bucket, bucketCount) in counts.enumerated() where bucketCount > 0 {
            seen += bucketCount
            if seen >= rank { return Self.smallestSeconds * exp(Self.growth * (Double(bucket) + 0.5)) }
        }
        return 0
    }
}
