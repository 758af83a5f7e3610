import FFmpeg
import Frames

/// One pass over a clip: cuts it to the range asked for and keeps times increasing.
final class ClipReader {
    let info: ClipInfo
    /// What of the clip is delivered.
    let span: ClipSegment
    private let feed: any FrameFeed
    private let range: TimeRange
    private let frameLimit: Int?
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
        // What is odd about a still that cannot be taken anyway needs no words of its own.
        let heard = Protected<[String]>([])
        let tell = notice
        let keep: NoticeHandler = { words in heard.withLock { $0.append(words) } }
        let notice = options.isForStill ? keep : tell
        let opening = try ClipOpening(options, name: name, notice: notice) {
            try OpenedInput(location, name: name, options: options, isCancelled: isCancelled, notice: notice)
        }
        let opened = opening.input
        let timeBase = opened.timeBase
        let first = opening.firstFrame
        feed = opened.feed
        range = opening.range
        clock = opening.clock
        frameLimit = options.isForStill ? 1 : options.segment == nil ? options.frameLimit : nil
        span =
            options.segment
            ?? ClipSegment(
                first: first.timestamp.ticks, end: opening.range.end,
                shift: opening.range.first == nil ? 0 : first.timestamp.ticks)
        window = PacketWindow(
            cutsStart: options.start != nil, end: range.end.map { Timestamp(ticks: $0, timeBase: timeBase) },
            holdsUntilSeen: frameLimit != nil,
            timeless: Set((opened.stream?.copied ?? []).filter(\.isCover).map(\.index)))
        let early = opening.packets
        // A single picture file may be a chain of pictures (`cat *.png`): the second one tells.
        var second: Frame?
        if options.isForStill {
            try Self.checkStill(opened, name: name, notice: notice)
            for words in heard.withLock({ $0 }) { tell(words) }
        }
        if opened.mayBeStill, frameLimit != 1, case .frame(let frame)? = try feed.next() { second = clock.timed(frame) }
        info = opened.info(
            first: first, range: range, frameLimit: frameLimit, isStill: opened.mayBeStill && second == nil)
        for packet in early { try enqueue(window.admit(packet)) }
        try deliver(first)
        if let second { try take(second) }
    }

    private static func checkStill(_ opened: OpenedInput, name: String, notice: NoticeHandler) throws {
        guard opened.feed.damagedPackets == 0, opened.feed.properties?.isCutOff != true else {
            throw MatteError(.badInput, "the picture '\(name)' is damaged or cut off", advice: "get a complete copy")
        }
        guard !opened.mayBeStill else { return }
        while let item = try opened.feed.next() {
            guard case .frame = item else { continue }
            return notice("'\(name)' moves; its first picture is taken, and `matte run` would take them all")
        }
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
        case .frame(let frame)?: try take(clock.timed(frame))
        }
    }

    private func take(_ frame: Frame) throws {
        if frame.timestamp.ticks >= range.end ?? .max { return try close() }
        try deliver(frame)
    }

    private func deliver(_ frame: Frame) throws {
        var shown = frame
        let timeBase = frame.timestamp.timeBase
        shown.timestamp = Timestamp(ticks: frame.timestamp.ticks.clampedAdding(-span.shift), timeBase: timeBase)
        delivered += 1
        let duration = max(frame.duration, clock.usualDuration)
        lastEnd = Timestamp(ticks: frame.timestamp.ticks.clampedAdding(duration), timeBase: timeBase)
        ready.append(.frame(shown))
        try enqueue(window.delivered(frame.timestamp, duration: duration))
    }

    /// The pictures are over. Where that was our wish and not the file's, the packets up to the cut may still come.
    private func close(inputEnded: Bool = false) throws {
        isOver = true
        clock.sayTotal()
        let end = range.end.map { Timestamp(ticks: $0, timeBase: info.timeBase) }
        let cut = frameLimit.map { delivered >= $0 } ?? false ? lastEnd : end
        try enqueue(window.close(at: inputEnded ? nil : cut))
        guard !inputEnded, let cut, let stream = feed as? StreamFeed, !stream.copied.isEmpty else { return }
        // Files keep sound within two seconds of its pictures.
        let twoSeconds = Timestamp(ticks: 2, timeBase: Rational(1, 1)).rescaled(to: info.timeBase)
        while let packet = try stream.nextCopiedPacket(beforeVideo: cut.ticks.clampedAdding(twoSeconds)) {
            try enqueue(window.late(packet))
        }
    }

    private func enqueue(_ packets: [Packet]) throws {
        ready += packets.map { .packet($0) }
    }
}
