public import FFmpeg
public import Frames

/// The packets that a clip's run copies beside its pictures, read without decoding more than the first picture.
///
/// Cut and shifted as `ClipDecoder` does with the same options, which may have no limit of frames. One thread at a time.
public final class CopiedPackets {
    public let info: ClipInfo
    private let stream: StreamFeed?
    private let lastVideo: Int64
    private var window: PacketWindow
    private var ready: [Packet] = []
    private var isOver = false

    /// - Throws: as `ClipDecoder`.
    public init(
        path: String, options: DecodingOptions, isCancelled: @escaping @Sendable () -> Bool = { false },
        notice: @escaping NoticeHandler = { _ in }
    ) throws {
        var options = options
        options.copiesStreams = true
        let location = try InputLocation(path, options: options, notice: notice)
        let opening = try ClipOpening(options, name: path, notice: notice) {
            try OpenedInput(location, name: path, options: options, isCancelled: isCancelled, notice: notice)
        }
        let (input, first) = (opening.input, opening.firstFrame)
        stream = input.stream
        info = input.info(first: first, range: opening.range, frameLimit: nil, isStill: false)
        window = PacketWindow(
            cutsStart: options.start != nil,
            end: opening.range.end.map { Timestamp(ticks: $0, timeBase: input.timeBase) }, holdsUntilSeen: false,
            timeless: Set((input.stream?.copied ?? []).filter(\.isCover).map(\.index)))
        // As far behind the last picture as `ClipReader` looks.
        let twoSeconds = Timestamp(ticks: 2, timeBase: Rational(1, 1)).rescaled(to: input.timeBase)
        lastVideo = opening.range.end?.clampedAdding(twoSeconds) ?? .max
        for packet in opening.packets { ready += try window.admit(packet) }
        ready += try window.delivered(first.timestamp, duration: max(first.duration, opening.clock.usualDuration))
    }

    /// The next packet in the file's order; nil at the end.
    public func next() throws -> Packet? {
        while ready.isEmpty, !isOver {
            if let packet = try stream?.nextCopiedPacket(beforeVideo: lastVideo) {
                ready += try window.admit(packet)
            } else {
                isOver = true
                ready += try window.close(at: nil)
            }
        }
        return ready.isEmpty ? nil : ready.removeFirst()
    }
}
