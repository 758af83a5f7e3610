/// The last few durations, for percentiles that follow what happens now.
struct RecentTimes {
    private let capacity: Int
    private var values: [Double] = []
    private var next = 0

    init(capacity: Int = 240) { self.capacity = capacity }

    mutating func add(_ seconds: Double) {
        if values.count < capacity {
            values.append(seconds)
        } else {
            values[next] = seconds
        }
        next = (next + 1) % capacity
    }

    /// The duration that the share `fraction` (0…1) of the last ones does not exceed; nil without any.
    func percentile(_ fraction: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let rank = Int((fraction * Double(values.count)).rounded(.up))
        return values.sorted()[min(max(rank - 1, 0), values.count - 1)]
    }
}

/// How often something happened per second, over the last seconds.
struct RecentRate {
    private let windowSeconds: Double
    private var times: [Double] = []
    private var first: Double?

    init(windowSeconds: Double = 3) { self.windowSeconds = windowSeconds }

    mutating func add(at now: Double) {
        if first == nil { first = now }
        times.append(now)
        forget(before: now - windowSeconds)
    }

    /// Events per second up to `now`; 0 before the second one.
    func perSecond(now: Double) -> Double {
        guard let first else { return 0 }
        let window = min(now - first, windowSeconds)
        return window > 0 ? Double(times.count { $0 > now - window }) / window : 0
    }

    private mutating func forget(before time: Double) {
        if let keep = times.firstIndex(where: { $0 > time }), keep > 0 { times.removeFirst(keep) }
    }
}
