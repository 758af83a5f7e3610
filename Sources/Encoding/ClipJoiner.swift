public import FFmpeg
public import Frames

/// Joins files that hold a clip's pictures piece by piece, without decoding them, and puts copied streams beside them.
///
/// The pieces are written by one `OutputPlan` each with the same options: they begin with a key frame, and their times are
/// those of the whole clip. The output appears under its name when it is complete. Used by one thread at a time.
public final class ClipJoiner {
    private let path: String
    private let sink: ContainerSink
    private let template: StreamTemplate
    private let beside: () throws -> Packet?
    private var waiting: Packet?
    private var order: PictureOrder
    /// Packets that wait until the order of those after them is known.
    private var held: [Packet] = []
    private var lastShown: Int64?
    /// When the last piece is over, as its container says.
    private var end: Int64?
    private var usualDuration: Int64 = 1
    private var frames = 0

    /// - Parameters:
    ///   - path: a file; its container is by the name, or `options.outputFormat`.
    ///   - pieces: the first of the files; the others must be like it.
    ///   - streams: of the packets that `beside` gives; those that the container cannot hold are left out, with a notice.
    ///   - container: metadata and chapters to take over.
    ///   - beside: copied packets in the order of their times; nil at the end.
    /// - Throws: `.cannotCreate`, `.usage`, `.badInput` for a piece that cannot be read.
    public init(
        path: String, firstPiece: String, options: EncodingOptions, streams: [StreamTemplate] = [],
        container: ContainerInfo? = nil, notice: @escaping NoticeHandler = { _ in },
        beside: @escaping () throws -> Packet? = { nil }
    ) throws {
        guard case .file(_, let format) = try OutputTarget(path: path, outputFormat: options.outputFormat) else {
            throw MatteError(
                .usage, "'\(path)' is no file that pieces can be joined into", advice: "choose another output")
        }
        let (_, template) = try Self.open(firstPiece)
        let file = try PendingFile(target: path, overwrite: options.overwrite)
        sink = try ContainerSink(
            path: path, file: file, address: "file:" + file.path, format: format, pictures: .copy(template),
            streams: streams, container: container, notice: notice)
        self.path = path
        self.template = template
        self.beside = beside
        order = PictureOrder(depth: template.reorderDepth)
    }

    deinit { sink.discard() }

    /// Appends a piece.
    ///
    /// - Parameter count: pictures that it must have.
    /// - Throws: `.badInput` where the piece is not whole, or not like the first.
    public func append(_ piece: String, frames count: Int) throws {
        let (demuxer, template) = try Self.open(piece)
        guard template.continues(self.template) else {
            throw MatteError(
                .badInput, "'\(piece)' was encoded in another way than the pieces before it",
                advice: "do its chunk again with the same version of FFmpeg")
        }
        var found = 0
        while let packet = try demuxer.nextPacket() {
            guard packet.streamIndex == template.index else { continue }
            guard let pts = packet.pts, isLater(packet, pts) else { throw disorder(piece) }
            if found == 0 { end = try demuxer.videoInfo(ofStream: template.index).durationTicks.map { pts + $0 } }
            found += 1
            order.add(pts)
            held.append(packet)
            while let next = held.first?.pts, order.isReady(for: next) { try write(held.removeFirst(), of: piece) }
        }
        guard found == count, demuxer.damagedReads == 0 else {
            throw MatteError(
                .badInput, "'\(piece)' has \(found) pictures, not \(count)", advice: "do its chunk again")
        }
    }

    private func disorder(_ piece: String) -> MatteError {
        MatteError(.badInput, "the times of '\(piece)' do not follow those before", advice: "do its chunk again")
    }

    /// Writes what is left of the copied streams, and gives the file its name.
    public func finish() throws -> WrittenClip {
        for packet in held { try write(packet, of: path) }
        while let packet = try nextBeside() { try sink.write(copied: packet) }
        try sink.commit()
        return WrittenClip(path: path, frames: frames, expectation: nil)
    }

    private func write(_ packet: Packet, of piece: String) throws {
        guard let pts = packet.pts, let (dts, gap) = order.next(pts: pts) else { throw disorder(piece) }
        let rest = end.flatMap { $0 > pts ? $0 - pts : nil }
        let duration = packet.duration > 0 ? packet.duration : gap ?? rest ?? usualDuration
        usualDuration = duration
        let picture = try packet.retimed(dts: dts, duration: duration)
        if frames == 0 { try sink.begin(at: Timestamp(ticks: pts, timeBase: packet.timeBase)) }
        // Streams side by side, as their times are: a muxer holds packets back until all streams have reached them.
        let now = Timestamp(ticks: dts, timeBase: packet.timeBase).seconds
        while let copied = try nextBeside() {
            guard (copied.dts ?? copied.pts).map({ Double($0) * copied.timeBase.doubleValue }) ?? now <= now else {
                waiting = copied
                break
            }
            try sink.write(copied: copied)
        }
        try sink.write(picture: picture)
        frames += 1
    }

    /// Pieces come in the order in which they are shown: what a key frame begins is later than all before it.
    private func isLater(_ packet: Packet, _ pts: Int64) -> Bool {
        defer { lastShown = max(lastShown ?? pts, pts) }
        return !packet.isKey || lastShown.map { pts > $0 } ?? true
    }

    private func nextBeside() throws -> Packet? {
        defer { waiting = nil }
        return try waiting ?? beside()
    }

    private static func open(_ piece: String) throws -> (Demuxer, StreamTemplate) {
        let demuxer = try Demuxer(MediaLocation(url: "file:" + piece, name: piece))
        guard let index = demuxer.videoStream, let template = demuxer.streams.first(where: { $0.index == index }) else {
            throw MatteError(.badInput, "'\(piece)' holds no pictures", advice: "do its chunk again")
        }
        return (demuxer, template)
    }
}
