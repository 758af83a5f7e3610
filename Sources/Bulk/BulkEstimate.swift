/// How long a bulk run will still take: what is left, by the size of its files, at the speed so far. Sizes are all that
/// is known of clips that nobody has opened yet.
struct BulkEstimate {
    /// A clip whose size is not known counts like this many bytes; also keeps many tiny clips from looking free.
    private static let leastBytes = 100_000.0

    private var finished = 0.0
    private(set) var remaining = 0.0

    static func weight(_ clip: BulkClip) -> Double { max(leastBytes, Double(clip.inputBytes)) }

    mutating func add(_ clip: BulkClip) { remaining += Self.weight(clip) }

    /// - Parameter took: whether it took its time; a clip that failed at once says nothing about the speed.
    mutating func remove(_ clip: BulkClip, took: Bool) {
        remaining -= Self.weight(clip)
        if took { finished += Self.weight(clip) }
    }

    /// Whether a clip that begins now would be at work when all the others are done, with one worker.
    ///
    /// - Parameters:
    ///   - others: those at work and how far they are, 0…1.
    ///   - jobs: workers side by side.
    func wouldBeLast(_ clip: BulkClip, others: [(clip: BulkClip, share: Double)], jobs: Int) -> Bool {
        let begun = others.reduce(0) { $0 + Self.weight($1.clip) * $1.share }
        let rest = max(0, remaining - begun - Self.weight(clip))
        return Self.weight(clip) * Double(jobs - 1) > rest
    }

    /// - Parameter active: the clips at work and how far they are, 0…1.
    func seconds(elapsed: Double, active: [(clip: BulkClip, share: Double)]) -> Double? {
        let begun = active.reduce(0) { $0 + Self.weight($1.clip) * $1.share }
        let through = finished + begun
        guard through > 0, elapsed > 0 else { return nil }
        return max(0, remaining - begun) * elapsed / through
    }
}
