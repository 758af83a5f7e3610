import FFmpeg
import Frames

/// How a pass over a clip begins: opened, moved to the beginning that was asked for, and read up to the first picture
/// that counts. That picture says what the container may not: size after rotation, format, colour.
struct ClipOpening {
    private(set) var input: OpenedInput
    /// Counted from the clip's very first picture, whatever time its container claims to start at.
    let range: TimeRange
    private(set) var clock: FrameClock
    /// Copied packets on the way, without those that lie before the range.
    private(set) var packets: [Packet] = []
    private(set) var firstFrame: Frame

    init(
        _ options: DecodingOptions, name: String, notice: @escaping NoticeHandler, open: () throws -> OpenedInput
    ) throws {
        func makeClock(_ input: OpenedInput) -> FrameClock {
            FrameClock(timeBase: input.timeBase, frameRate: input.frameRate, name: name, notice: notice)
        }
        input = try open()
        clock = makeClock(input)
        guard let veryFirst = try Self.nextFrame(input, &clock, &packets) else {
            throw MatteError(.badInput, "no picture of '\(name)' can be decoded", advice: Demuxer.badFileAdvice)
        }
        firstFrame = veryFirst
        range = try TimeRange(options, clipStart: veryFirst.timestamp.ticks, timeBase: input.timeBase)
        let outside = MatteError(
            .usage, "'\(name)' has no picture between --start and --end", advice: "choose times within it")
        if let first = range.first, first > veryFirst.timestamp.ticks {
            if input.stream?.demuxer.isSeekable ?? false {
                clock = makeClock(input)
                packets = []
                if try !seek(to: first) {
                    input = try open()
                    clock = makeClock(input)
                    packets = []
                }
            }
            guard try readTo(first) else { throw outside }
        }
        guard firstFrame.timestamp.ticks < range.end ?? .max else { throw outside }
    }

    /// - Returns: false where the first picture that comes out is too late, or none is: the seek went wrong.
    private mutating func seek(to ticks: Int64) throws -> Bool {
        guard let stream = input.stream, try stream.seek(toTicks: ticks, preroll: 16 * clock.usualDuration),
            let frame = try Self.nextFrame(input, &clock, &packets, from: ticks), frame.timestamp.ticks <= ticks
        else { return false }
        firstFrame = frame
        return try readTo(ticks)
    }

    /// - Returns: false at the clip's end.
    private mutating func readTo(_ ticks: Int64) throws -> Bool {
        while firstFrame.timestamp.ticks < ticks || !clock.hasSeenFrames {
            guard let frame = try Self.nextFrame(input, &clock, &packets, from: ticks) else { return false }
            firstFrame = frame
        }
        return true
    }

    /// - Parameter first: packets before this tick are not kept: nothing will want them, and on the way to a late
    ///   start they would pile up.
    private static func nextFrame(
        _ input: OpenedInput, _ clock: inout FrameClock, _ packets: inout [Packet], from first: Int64 = .min
    ) throws -> Frame? {
        let start = Timestamp(ticks: first, timeBase: input.timeBase)
        while let item = try input.feed.next() {
            switch item {
            case .frame(let frame): return clock.timed(frame)
            case .packet(let packet):
                let time = (packet.pts ?? packet.dts).map { Timestamp(ticks: $0, timeBase: packet.timeBase) }
                if first == .min || !(time?.isBefore(start) ?? false) { packets.append(packet) }
            }
        }
        return nil
    }
}
