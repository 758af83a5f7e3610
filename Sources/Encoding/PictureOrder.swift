/// Decoding times and durations for packets of which only the presentation times are known for certain.
///
/// Not all containers keep decoding times (Matroska) or durations (MP4 with reordered pictures), and decoding times of
/// pieces that were encoded one by one overlap where they are joined. The n-th packet in decoding order is decoded when the
/// picture `depth` places before the n-th would be shown: the latest order that keeps every decoding time at or before
/// its presentation time, and what encoders give.
struct PictureOrder {
    /// How many pictures the codec may hold back to bring them into order.
    let depth: Int
    /// Presentation times in order, from place `dropped` on.
    private var shown: [Int64] = []
    private var dropped = 0
    private var asked = 0
    private var last: Int64?
    /// From the first picture's decoding to its showing.
    private var delay: Int64 = 0

    init(depth: Int) { self.depth = depth }

    /// Whether the packet of this time can be asked for: the picture behind it is known, and so are all before.
    func isReady(for pts: Int64) -> Bool {
        guard let place = shown.firstIndex(of: pts) else { return false }
        return dropped + shown.count > max(place + dropped, asked) + 1 + depth
    }

    /// Adds the presentation time of the next packet in decoding order.
    mutating func add(_ pts: Int64) {
        let place = shown.lastIndex { $0 <= pts }.map { $0 + 1 } ?? 0
        shown.insert(pts, at: place)
    }

    /// Decoding time of the next packet in decoding order, and the time until another picture is shown; nil for the last.
    ///
    /// To be asked when `isReady` says so, or when all packets were added.
    /// - Returns: nil where the times cannot be those of pictures that were held back by `depth` at most.
    mutating func next(pts: Int64) -> (dts: Int64, duration: Int64?)? {
        guard let first = shown.first, shown.count + dropped > asked else { return nil }
        if asked == 0 { delay = shown[min(depth, shown.count - 1)] - first }
        let dts = asked < depth ? shown[asked] - delay : shown[asked - depth - dropped]
        asked += 1
        // Only pictures still to be decoded, and those that they may come behind, matter from here on.
        while dropped < asked - depth, dropped < asked - 1, shown.count > depth + 1 {
            shown.removeFirst()
            dropped += 1
        }
        guard dts <= pts, last.map({ dts > $0 }) ?? true else { return nil }
        last = dts
        return (dts, shown.first { $0 > pts }.map { $0 - pts })
    }
}
