import FFmpeg
import Frames

/// Demuxes and decodes one file or stream.
final class StreamFeed: FrameFeed {
    let demuxer: Demuxer
    let video: VideoStreamInfo
    /// The streams whose packets are delivered.
    let copied: [StreamTemplate]
    private let name: String
    private let videoStream: Int
    private let copiedIndices: Set<Int>
    private let decoder: VideoDecoder
    private let notice: NoticeHandler
    private var inputEnded = false
    private var lostPackets = 0
    private var saidDamage = false
    private var saidInterlaced = false

    init(
        _ location: MediaLocation, copiesStreams: Bool, isCancelled: @escaping @Sendable () -> Bool,
        notice: @escaping NoticeHandler
    ) throws(MatteError) {
        name = location.name
        demuxer = try Demuxer(location, isCancelled: isCancelled)
        guard let videoStream = demuxer.videoStream else {
            let hasSound = demuxer.streams.contains { $0.kind == .audio }
            throw MatteError(
                .badInput,
                hasSound ? "'\(location.name)' holds sound but no pictures" : "'\(location.name)' holds no pictures",
                advice: Demuxer.badFileAdvice)
        }
        self.videoStream = videoStream
        video = try demuxer.videoInfo(ofStream: videoStream)
        decoder = try VideoDecoder(demuxer, stream: videoStream)
        copied = copiesStreams ? demuxer.streams.filter { $0.index != videoStream && Self.isCopied($0.kind) } : []
        copiedIndices = Set(copied.map(\.index))
        self.notice = notice
    }

    /// Timecode and sensor tracks mean nothing beside other pictures, and most containers refuse them.
    private static func isCopied(_ kind: StreamTemplate.Kind) -> Bool {
        kind == .audio || kind == .subtitle || kind == .attachment
    }

    var damagedPackets: Int { lostPackets + decoder.damagedFrames + demuxer.damagedReads }

    /// - Returns: false where the input cannot be sought.
    func seek(toTicks ticks: Int64) -> Bool {
        guard demuxer.seek(toTicks: ticks, stream: videoStream) else { return false }
        decoder.flush()
        inputEnded = false
        return true
    }

    func next() throws -> DecodedItem? {
        while true {
            switch try decoder.receive() {
            case .frame(let frame):
                sayWhatIsOdd()
                return .frame(frame)
            case .ended:
                sayWhatIsOdd()
                return nil
            case .damaged(let reason): lost(reason)
            case .needsPacket:
                if let packet = try feedDecoder() { return .packet(packet) }
            }
        }
    }

    /// The next packet to copy, without decoding; nil at the end or where the pictures have passed `ticks`.
    func nextCopiedPacket(beforeVideo ticks: Int64) throws -> Packet? {
        while let packet = try demuxer.nextPacket() {
            if copiedIndices.contains(packet.streamIndex) { return packet }
            if packet.streamIndex == videoStream, let time = packet.dts ?? packet.pts, time > ticks { return nil }
        }
        return nil
    }

    /// Reads one packet; gives it back if it is to be copied.
    private func feedDecoder() throws -> Packet? {
        guard let packet = try demuxer.nextPacket() else {
            if case .damaged(let reason) = try decoder.send(nil) { lost(reason) }
            return nil
        }
        if packet.streamIndex == videoStream {
            if case .damaged(let reason) = try decoder.send(packet) { lost(reason) }
            return nil
        }
        return copiedIndices.contains(packet.streamIndex) ? packet : nil
    }

    private func lost(_ reason: String) {
        lostPackets += 1
        guard !saidDamage else { return }
        saidDamage = true
        notice("'\(name)' is damaged (\(reason)); what can be decoded goes on")
    }

    private func sayWhatIsOdd() {
        if damagedPackets > 0, !saidDamage {
            saidDamage = true
            notice("'\(name)' is damaged; what can be decoded goes on")
        }
        if decoder.sawInterlacing, !saidInterlaced {
            saidInterlaced = true
            notice("'\(name)' is interlaced; its two fields are matted as one picture, deinterlace it first")
        }
    }
}
