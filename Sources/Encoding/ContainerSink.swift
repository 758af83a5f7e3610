internal import FFmpeg
internal import Frames

/// Pictures and copied streams in a container.
final class ContainerSink: OutputSink {
    private let path: String
    private let file: PendingFile?
    private let muxer: Muxer
    private let videoStream: Int
    /// Index in the file of each copied stream, by its index in the input.
    private let copies: [Int: Int]
    private let notice: NoticeHandler
    private var hasSaidRounding = false
    private var hasBegun = false
    /// Copied packets that came before the first picture.
    private var early: [Packet] = []

    /// - Parameters:
    ///   - path: the output's name for messages.
    ///   - file: what to write to; nil where `address` is a pipe or device.
    ///   - pictures: where the pictures' packets come from.
    init(
        path: String, file: PendingFile?, address: String, format: ContainerFormat, pictures: PictureSource,
        streams: [StreamTemplate], container: ContainerInfo?, notice: @escaping NoticeHandler
    ) throws {
        self.path = path
        self.file = file
        self.notice = notice
        muxer = try Muxer(address: address, name: path, format: format)
        videoStream = try pictures.add(to: muxer)
        var copies: [Int: Int] = [:]
        var copiedTimeBases: [Rational] = []
        let copying = StreamCopying(container: format)
        for stream in streams {
            switch copying.answer(for: stream, hasChapters: container?.chapters.isEmpty == false) {
            case .copied:
                copies[stream.index] = try muxer.addCopy(of: stream)
                copiedTimeBases.append(stream.timeBase)
            case .silentlyLeftOut: break
            case .leftOut(let reason): notice("'\(path)': \(reason)")
            }
        }
        self.copies = copies
        if let container { try muxer.setContainer(container) }
        let options = MuxerOptions(
            format: format, isSeekable: file != nil, video: pictures.timeBase, copies: copiedTimeBases)
        try muxer.start(options: options.pairs)
    }

    func begin(at first: Timestamp) throws {
        hasBegun = true
        if let shift = first.shiftToZero {
            muxer.shift = shift
            notice(
                "'\(path)': the first picture's time is before zero, which \(muxer.format.name) cannot hold;"
                    + " everything begins \(shift.seconds) s later")
        }
        let packets = early
        early = []
        for packet in packets { try write(copied: packet) }
    }

    func write(picture: Packet) throws {
        if !hasSaidRounding, let ticks = picture.pts {
            let unit = muxer.timeBase(ofStream: videoStream)
            if !picture.timeBase.isExact(ticks, in: unit) {
                hasSaidRounding = true
                notice(
                    "'\(path)': \(muxer.format.name) keeps times in steps of \(unit) s; the pictures' times are rounded"
                        + " to the nearest step; .mov and .mp4 keep them exactly")
            }
        }
        try muxer.write(picture, toStream: videoStream)
    }

    func write(copied packet: Packet) throws {
        guard let index = copies[packet.streamIndex] else { return }
        guard hasBegun else {
            early.append(packet)
            return
        }
        try muxer.write(packet, toStream: index)
    }

    func commit() throws {
        try muxer.finish()
        try file?.commit()
    }

    func discard() { file?.discard() }

    /// Whether packets of the input's stream are written.
    func copies(stream index: Int) -> Bool { copies[index] != nil }
}

extension Timestamp {
    /// What has to be added so that this is not below zero; nil for nothing.
    var shiftToZero: Timestamp? { ticks < 0 ? Timestamp(ticks: -ticks, timeBase: timeBase) : nil }
}

extension Rational {
    /// Whether a time in this unit falls on a tick of another.
    func isExact(_ ticks: Int64, in other: Rational) -> Bool {
        guard isKnown, other.isKnown else { return false }
        let divisor = Int64(denominator) * Int64(other.numerator)
        let (product, overflow) = (ticks % divisor).multipliedReportingOverflow(
            by: Int64(numerator) * Int64(other.denominator) % divisor)
        return !overflow && product % divisor == 0
    }
}
