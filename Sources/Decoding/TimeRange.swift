import Frames

/// The part of a clip that was asked for, in ticks of its video.
struct TimeRange {
    /// First tick that counts; nil for the clip's own beginning.
    let first: Int64?
    /// First tick that does not count any more.
    let end: Int64?

    /// - Parameter clipStart: ticks of the clip's first picture.
    /// - Throws: `.usage` for an empty range.
    init(_ options: DecodingOptions, clipStart: Int64, timeBase: Rational) throws(MatteError) {
        if let segment = options.segment {
            first = segment.first
            end = segment.end
            return
        }
        for (name, seconds) in [("--start", options.start), ("--end", options.end)] {
            guard let seconds, !(seconds.isFinite && seconds >= 0) else { continue }
            throw MatteError(.usage, "\(name) \(seconds) is not a time in seconds from 0 up")
        }
        if let start = options.start, let end = options.end, end <= start {
            throw MatteError(.usage, "--end \(end) is not after --start \(start)")
        }
        if let end = options.end, end <= 0 { throw MatteError(.usage, "--end must be after the clip's beginning") }
        if let limit = options.frameLimit, limit < 1 { throw MatteError(.usage, "--frames must be 1 or more") }
        func ticks(_ seconds: Double) -> Int64 {
            let exact = timeBase.isKnown ? seconds / timeBase.doubleValue : seconds
            guard exact < 0x1p62 else { return .max }
            // A millionth of a tick less: "0.5" means the frame at exactly 0.5.
            return clipStart.clampedAdding(Int64((exact - 1e-6).rounded(.up)))
        }
        first = options.start.map(ticks)
        end = options.end.map(ticks)
    }
}
