internal import CFFmpeg

/// Keeps what the packets of still pictures say until their pictures come out of the decoder, which may be some packets
/// later.
struct StillTagQueue {
    private var waiting: [Int64: StillTags] = [:]
    /// Whether one of the pictures moved.
    private(set) var sawAnimation = false
    private var hasSeenPackets = false

    mutating func add(_ packet: Packet, codec: AVCodecID) {
        // JPEG's decoder tells all but one thing, which matters for stills only: the pictures of many cameras' streams
        // lack their end.
        let isFirstOfJPEG = codec == AV_CODEC_ID_MJPEG && !hasSeenPackets
        hasSeenPackets = true
        let kinds = [AV_CODEC_ID_PNG, AV_CODEC_ID_WEBP, AV_CODEC_ID_TIFF]
        guard isFirstOfJPEG || kinds.contains(codec) else { return }
        let tags = packet.withBytes { StillTags(codec: codec, bytes: $0) }
        sawAnimation = sawAnimation || tags.isAnimated
        // Damaged pictures never come out.
        if waiting.count > 64 { waiting.removeAll() }
        waiting[packet.pointer.pointee.pts] = tags
    }

    /// - Parameter pts: of the picture: its packet's.
    mutating func take(pts: Int64) -> StillTags? { waiting.removeValue(forKey: pts) }
}
