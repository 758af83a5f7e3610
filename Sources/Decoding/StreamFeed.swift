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
    private var restarts = TimeRestarts()
    /// Packets read while looking for a key frame, to be taken before the demuxer's next one.
    private var waiting: [Packet] = []
    private var lastSeconds = 0.0
    private var lostPackets = 0
    private var saidDamage = false
    private var saidInterlaced = false
    private var saidProperties = false

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
        copied = copiesStreams ? demuxer.streams.filter { $0.index != videoStream && Self.isCopied($0) } : []
        copiedIndices = Set(copied.map(\.index))
        self.notice = notice
    }

    /// Timecode and sensor tracks mean nothing beside other pictures, and most containers refuse them.
    private static func isCopied(_ stream: StreamTemplate) -> Bool {
        switch stream.kind {
        case .audio, .subtitle, .attachment: true
        case .video: stream.isCover
        case .data: false
        }
    }

    var damagedPackets: Int { lostPackets + decoder.damagedFrames + demuxer.damagedReads }
    var orientation: Orientation { decoder.orientation }
    var properties: PictureProperties? { decoder.properties }

    /// Goes to a key frame from which every picture at or after `ticks` can be decoded.
    ///
    /// Containers look for key frames by decoding time, by byte, or in a coarse index, so the key frame found may lie
    /// too late: then the search begins earlier.
    /// - Parameter preroll: ticks to decode ahead. After a key frame that is no IDR, FFmpeg's H.264 decoder may lose
    ///   pictures until its reference frames are complete; 16 frames, the most that the standard knows, are enough.
    /// - Returns: false where there is none; where reading goes on is undefined then, and the input has to be opened
    ///   again.
    func seek(toTicks ticks: Int64, preroll: Int64) throws -> Bool {
        guard demuxer.isSeekable else { return false }
        let second = Timestamp(ticks: 1, timeBase: Rational(1, 1)).rescaled(to: video.timeBase)
        // Sound may lie before the pictures it belongs to.
        let least = copied.isEmpty ? preroll : max(preroll, second)
        var margin = least
        for _ in 0..<8 {
            let target = ticks.clampedAdding(-margin)
            guard target > video.startTicks ?? 0, demuxer.seek(toTicks: target, stream: videoStream) else {
                return false
            }
            decoder.flush()
            restarts = TimeRestarts()
            if let key = try readToKeyFrame(), key <= ticks.clampedAdding(-least) { return true }
            margin = max(2 * margin, second)
        }
        return false
    }

    /// Ticks of the next key frame, which is the next picture that the decoder will see; nil where none comes soon.
    private func readToKeyFrame() throws -> Int64? {
        waiting = []
        for _ in 0..<4096 {
            guard let packet = try demuxer.nextPacket() else { return nil }
            if packet.streamIndex == videoStream {
                guard packet.isKey else { continue }
                waiting.append(packet)
                return packet.pts ?? packet.dts
            }
            if copiedIndices.contains(packet.streamIndex) { waiting.append(packet) }
        }
        return nil
    }

    func next() throws -> DecodedItem? {
        while true {
            switch try decoder.receive() {
            case .frame(let frame):
                lastSeconds = frame.timestamp.ticks == .min ? lastSeconds : frame.timestamp.seconds
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
        while let packet = try nextPacket() {
            if copiedIndices.contains(packet.streamIndex) { return packet }
            if packet.streamIndex == videoStream, let time = packet.dts ?? packet.pts, time > ticks { return nil }
        }
        return nil
    }

    private func nextPacket() throws -> Packet? {
        let packet = waiting.isEmpty ? try demuxer.nextPacket() : waiting.removeFirst()
        return try packet.map { try restarts.continued($0) }
    }

    /// Reads one packet; gives it back if it is to be copied.
    private func feedDecoder() throws -> Packet? {
        guard let packet = try nextPacket() else {
            if case .damaged(let reason) = try decoder.send(nil) { lost(reason) }
            return nil
        }
        if packet.streamIndex == videoStream {
            if case .damaged(let reason) = try decoder.send(packet) {
                lost(reason)
            } else if packet.isCorrupt {
                lost("a packet arrived incomplete")
            }
            return nil
        }
        return copiedIndices.contains(packet.streamIndex) ? packet : nil
    }

    private func lost(_ reason: String) {
        lostPackets += 1
        sayDamage(reason)
    }

    private func sayDamage(_ reason: String) {
        guard !saidDamage else { return }
        saidDamage = true
        let seconds = (lastSeconds * 100).rounded() / 100
        notice("'\(name)' is damaged near \(seconds) s (\(reason)); what can be decoded goes on")
    }

    private func sayWhatIsOdd() {
        if !saidProperties {
            saidProperties = true
            if decoder.properties.isCMYK {
                notice("'\(name)' is CMYK; its inks are turned into R'G'B' without a profile, so colours may be off")
            }
            if decoder.properties.hasMorePages {
                notice("'\(name)' has more than one page; the first is taken")
            }
        }
        if damagedPackets > 0 { sayDamage(demuxer.damageReason ?? "a picture has errors") }
        if decoder.sawInterlacing, !saidInterlaced {
            saidInterlaced = true
            notice("'\(name)' is interlaced; its two fields are matted as one picture, deinterlace it first")
        }
    }
}
