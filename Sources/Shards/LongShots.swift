import Frames

/// Clips of a plan whose chunks are far longer than they should be, as they have shots without a cut.
struct LongShots {
    private var clips = 0
    private var longest: (input: String, seconds: Double)?

    mutating func add(_ input: String, seconds: Double) {
        clips += 1
        if seconds > longest?.seconds ?? 0 { longest = (input, seconds) }
    }

    /// What a person should know, who waits for the longest shard; nil where there is none.
    var words: String? {
        guard let (input, seconds) = longest else { return nil }
        let more = clips > 1 ? " (and \(clips - 1) more clips have such shots)" : ""
        return
            "\(ClockText.of(seconds: seconds)) of '\(input)' stay in one piece, as they have no scene cut near a chunk's end"
            + more + "; --split-shots cuts them too"
    }
}
