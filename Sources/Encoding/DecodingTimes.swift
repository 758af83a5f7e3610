/// Decoding times for packets whose presentation times are known: as early as their order allows.
///
/// Containers want decoding times that rise and never pass the presentation time; not all keep them (Matroska), and those
/// of pieces that were encoded one by one overlap where they are joined. Of n packets in decoding order the k-th is decoded
/// when the k-th picture would be shown, `depth` pictures earlier.
struct DecodingTimes {
    /// How many pictures the codec may hold back.
    let depth: Int
    /// Presentation times that no packet has taken as its decoding time yet, in order.
    private var waiting: [Int64] = []
    private var count = 0
    private var first: Int64 = 0
    private var last: Int64?

    init(depth: Int) { self.depth = depth }

    /// - Parameter duration: of the picture, in ticks.
    /// - Returns: nil where the times cannot be those of pictures that were held back by `depth` at most.
    mutating func next(pts: Int64, duration: Int64) -> Int64? {
        if count == 0 { first = pts }
        waiting.insert(pts, at: waiting.firstIndex { $0 > pts } ?? waiting.endIndex)
        var time = first - Int64(depth - count) * max(1, duration)
        if count >= depth { time = waiting.removeFirst() }
        count += 1
        // Before the first picture times are guessed by its duration, which in variable rates may be too short.
        if let last, time <= last { time = last + 1 }
        last = time
        return time <= pts ? time : nil
    }
}
