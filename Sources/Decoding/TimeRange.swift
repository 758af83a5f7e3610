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
        if let start = options.start, let end = options.end, end <= start {
            throw MatteError(.usage, "--end \(end) is not after --start \(start)")
        }
        if let end = options.end, end <= 0 { throw MatteError(.usage, "--end must be after the clip's beginning") }
        func ticks(_ seconds: Double) -> Int64 {
            // A millionth of a tick: "0.5" means the frame at exactly 0.5.
            let exact = seconds / timeBase.doubleValue
            return clipStart + Int64((exact - 1e-6).rounded(.up))
        }
        first = options.start.map(ticks)
        end = options.end.map(ticks)
    }
}
