/// Turns glimpses of the audience into events: somebody came, or everybody has been gone for a while.
struct AudienceFollower {
    private let lingerSeconds: Double
    private var isWatched = false
    private var lastSeen = 0.0

    init(lingerSeconds: Double) { self.lingerSeconds = lingerSeconds }

    /// - Returns: whether the output is watched from now on, where that changes.
    mutating func saw(isPresent: Bool, now: Double) -> Bool? {
        if isPresent { lastSeen = now }
        let watched = isPresent || isWatched && now - lastSeen < lingerSeconds
        guard watched != isWatched else { return nil }
        isWatched = watched
        return watched
    }
}
