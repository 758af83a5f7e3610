import FFmpeg
import Frames

/// Joins times that begin anew in the middle of a stream, as they do in transport streams that were put one behind the
/// other: what comes after is moved behind what came before.
///
/// Decoding times never fall within one recording, so a fall by more than a second is a new beginning. Each stream
/// reaches it by itself (their packets overlap around the joint), and all are moved by the same amount.
struct TimeRestarts {
    private struct Stream {
        var part = 0
        /// Decoding time of the last packet, as moved.
        var last: Int64?
        /// When it is over.
        var end = Timestamp(ticks: 0, timeBase: Rational(1, 1))
    }

    private var streams: [Int: Stream] = [:]
    /// By how much the packets of each part are moved.
    private var shifts = [Timestamp(ticks: 0, timeBase: Rational(1, 1))]

    /// The packet at its place in the whole.
    mutating func continued(_ packet: Packet) throws -> Packet {
        guard let time = packet.dts ?? packet.pts, packet.timeBase.isKnown else { return packet }
        let second = Timestamp(ticks: 1, timeBase: Rational(1, 1)).rescaled(to: packet.timeBase)
        var stream = streams[packet.streamIndex] ?? Stream()
        var shift = shifts[stream.part].rescaled(to: packet.timeBase)
        if let last = stream.last {
            let moved = time.clampedAdding(shift)
            if moved < last.clampedAdding(-second) {
                stream.part += 1
                if stream.part == shifts.count {
                    shifts.append(
                        Timestamp(ticks: end(packet.timeBase).clampedAdding(-time), timeBase: packet.timeBase))
                }
            } else if stream.part > 0, moved > last.clampedAdding(10 * second) {
                // A single wrong time looked like a new beginning; now the old times go on.
                let before = time.clampedAdding(shifts[stream.part - 1].rescaled(to: packet.timeBase))
                if before > last, before < moved { stream.part -= 1 }
            }
            shift = shifts[stream.part].rescaled(to: packet.timeBase)
        }
        stream.last = time.clampedAdding(shift)
        stream.end = Timestamp(
            ticks: time.clampedAdding(shift).clampedAdding(max(1, packet.duration)), timeBase: packet.timeBase)
        streams[packet.streamIndex] = stream
        return shift == 0 ? packet : try packet.shifted(earlierBy: 0 &- shift)
    }

    /// When the longest stream is over.
    private func end(_ timeBase: Rational) -> Int64 {
        streams.values.map { $0.end.rescaled(to: timeBase) }.max() ?? 0
    }
}
