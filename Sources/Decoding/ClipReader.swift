import FFmpeg
import Frames

/// One pass over a clip: cuts it to the range asked for and keeps times increasing.
final class ClipReader {
    let info: ClipInfo
    private let feed: any FrameFeed
    private let range: TimeRange
    private let frameLimit: Int?
    private let name: String
    private let notice: NoticeHandler
    private var window: PacketWindow
    private var clock: FrameClock
    private var ready: [DecodedItem] = []
    private var delivered = 0
    private var lastEnd: Timestamp?
    private var isOver = false

    init(
        _ location: InputLocation, name: String, options: DecodingOptions,
        isCancelled: @escaping @Sendable () -> Bool, notice: @escaping NoticeHandler
    ) throws {
        let opened = try OpenedInput(location, name: name, options: options, isCancelled: isCancelled, notice: notice)
        self.name = name
        self.notice = notice
        feed = opened.feed
        frameLimit = options.frameLimit
        clock = FrameClock(timeBase: opened.timeBase, frameRate: opened.frameRate, name: name, notice: notice)
        range = try TimeRange(options, clipStart: opened.startTicks, timeBase: opened.timeBase)
        window = PacketWindow(
            cutsStart: options.start != nil,
            end: range.end.map { Timestamp(ticks: $0, timeBase: opened.timeBase) },
            holdsUntilSeen: options.frameLimit != nil)
        if let first = range.first, first > opened.startTicks { _ = opened.stream?.seek(toTicks: first) }

        // The first picture says what the container may not: size after rotation, format, colour.
        var early: [Packet] = []
        var firstFrame: Frame?
        while firstFrame == nil, let item = try opened.feed.next() {
            switch item {
            case .packet(let packet): early.append(packet)
            case .frame(let frame):
                let timed = clock.timed(frame)
                if timed.timestamp.ticks >= range.first ?? .min { firstFrame = timed }
            }
        }
        guard let firstFrame, firstFrame.timestamp.ticks < range.end ?? .max else {
            if options.start != nil || options.end != nil, clock.hasSeenFrames {
                throw MatteError(.usage, "'\(name)' has no picture between --start and --end")
            }
            throw MatteError(
                .badInput, "no picture of '\(name)' can be decoded", advice: Demuxer.badFileAdvice)
        }
        info = opened.info(first: firstFrame, range: range, frameLimit: frameLimit)
        for packet in early { try enqueue(window.admit(packet)) }
        try deliver(firstFrame)
    }

    var damagedPackets: Int { feed.damagedPackets }

    func next() throws -> DecodedItem? {
        while ready.isEmpty, !isOver { try advance() }
        return ready.isEmpty ? nil : ready.removeFirst()
    }

    private func advance() throws {
        if let frameLimit, delivered >= frameLimit { return try close() }
        switch try feed.next() {
        case nil: try close(inputEnded: true)
        case .packet(let packet)?: try enqueue(window.admit(packet))
        case .frame(let frame)?:
            let timed = clock.timed(frame)
            if timed.timestamp.ticks >= range.end ?? .max { return try close() }
            try deliver(timed)
        }
    }

    private func deliver(_ frame: Frame) throws {
        var shown = frame
        let origin = range.first == nil ? 0 : clock.origin(frame)
        shown.timestamp = Timestamp(ticks: frame.timestamp.ticks - origin, timeBase: frame.timestamp.timeBase)
        delivered += 1
        let duration = max(frame.duration, clock.usualDuration)
        lastEnd = Timestamp(ticks: frame.timestamp.ticks + duration, timeBase: frame.timestamp.timeBase)
        ready.append(.frame(shown))
        try enqueue(window.delivered(frame.timestamp, duration: duration))
    }

    /// The pictures are over. Where that was our wish and not the file's, the packets up to the cut may still come.
    private func close(inputEnded: Bool = false) throws {
        isOver = true
        let end = range.end.map { Timestamp(ticks: $0, timeBase: info.timeBase) }
        let cut = frameLimit.map { delivered >= $0 } ?? false ? lastEnd : end
        try enqueue(window.close(at: inputEnded ? nil : cut))
        guard !inputEnded, let cut, let stream = feed as? StreamFeed, !stream.copied.isEmpty else { return }
        // Files keep sound within two seconds of its pictures.
        let twoSeconds = Timestamp(ticks: 2, timeBase: Rational(1, 1)).rescaled(to: info.timeBase)
        while let packet = try stream.nextCopiedPacket(beforeVideo: cut.ticks + twoSeconds) {
            try enqueue(window.late(packet))
        }
    }

    private func enqueue(_ packets: [Packet]) throws {
        ready += packets.map { .packet($0) }
    }
}
