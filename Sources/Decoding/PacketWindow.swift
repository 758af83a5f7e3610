import FFmpeg
import Frames

/// Cuts copied packets to the part of the clip that is delivered, and shifts them with it.
///
/// Packets arrive ahead of the pictures they belong to. Where the cut is not known beforehand (the first picture after
/// a start, the last one of a limited number) they are held until the pictures have caught up.
struct PacketWindow {
    private let holds: Bool
    private let cutsStart: Bool
    private let timeless: Set<Int>
    /// Seconds of the first and behind the last picture delivered.
    private var start: Timestamp?
    private var end: Timestamp?
    private var held: [Packet] = []

    /// - Parameters:
    ///   - cutsStart: packets before the first picture go, and times are shifted by its time.
    ///   - end: packets from here on go.
    ///   - holdsUntilSeen: the end will be known by the last picture only.
    ///   - timeless: streams that belong to the clip as a whole; their packets pass as they are.
    init(cutsStart: Bool, end: Timestamp?, holdsUntilSeen: Bool, timeless: Set<Int>) {
        self.cutsStart = cutsStart
        self.timeless = timeless
        self.end = end
        holds = holdsUntilSeen
    }

    /// Takes a packet; gives those that may go out now.
    mutating func admit(_ packet: Packet) throws -> [Packet] {
        if timeless.contains(packet.streamIndex) { return [packet] }
        guard holds || (cutsStart && start == nil) else { return try cut(packet).map { [$0] } ?? [] }
        held.append(packet)
        return []
    }

    /// Says that a picture was delivered, at its time before any shift.
    mutating func delivered(_ timestamp: Timestamp, duration: Int64) throws -> [Packet] {
        if start == nil { start = timestamp }
        let holds = holds
        let shown = Timestamp(ticks: timestamp.ticks.clampedAdding(duration), timeBase: timestamp.timeBase)
        let isDue: (Packet) -> Bool = { packet in
            !holds || (Self.time(of: packet)?.isBefore(shown) ?? true)
        }
        let due = held.filter(isDue)
        held.removeAll(where: isDue)
        return try due.compactMap(cut)
    }

    /// Says that no picture follows the last one, which ends at `end`.
    mutating func close(at end: Timestamp?) throws -> [Packet] {
        if let end { self.end = end }
        defer { held = [] }
        return try held.compactMap(cut)
    }

    /// Takes a packet after the last picture.
    func late(_ packet: Packet) throws -> [Packet] {
        timeless.contains(packet.streamIndex) ? [packet] : try cut(packet).map { [$0] } ?? []
    }

    private func cut(_ packet: Packet) throws -> Packet? {
        guard let time = Self.time(of: packet) else { return cutsStart ? nil : packet }
        if let end, !time.isBefore(end) { return nil }
        guard cutsStart else { return packet }
        guard let start, !time.isBefore(start) else { return nil }
        return try packet.shifted(earlierBy: start.rescaled(to: packet.timeBase))
    }

    private static func time(of packet: Packet) -> Timestamp? {
        (packet.pts ?? packet.dts).map { Timestamp(ticks: $0, timeBase: packet.timeBase) }
    }
}
