internal import FFmpeg
internal import Frames

/// The digest of a stream of sound, the same whichever container it is in.
final class AudioDigest {
    private let codecName: String
    private let digest: RunningSHA256
    private(set) var packets = 0

    init(codecName: String) throws {
        self.codecName = codecName
        digest = try RunningSHA256()
    }

    /// Containers cut raw samples into packets as they like.
    static func countsPackets(codecName: String) -> Bool { !codecName.hasPrefix("pcm_") }

    func add(_ packet: Packet) {
        packets += 1
        packet.withBytes { digest.update(payload($0)) }
    }

    func finish() -> String { digest.finish() }

    /// AAC without its ADTS header (ISO/IEC 14496-3, 1.A.3.2), which transport streams have and MP4 has not: 7 bytes,
    /// or 9 with a check sum.
    private func payload(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard codecName == "aac", bytes.count > 9, bytes[0] == 0xFF, bytes[1] & 0xF6 == 0xF0 else { return bytes }
        let length = Int(bytes[3] & 3) << 11 | Int(bytes[4]) << 3 | Int(bytes[5]) >> 5
        guard length == bytes.count else { return bytes }
        return UnsafeRawBufferPointer(rebasing: bytes.dropFirst(bytes[1] & 1 == 1 ? 7 : 9))
    }
}
