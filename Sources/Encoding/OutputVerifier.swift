internal import FFmpeg
internal import Frames

/// Re-reads a finished output and compares it with what was written: number and times of the pictures, their size,
/// colour tags and alpha, and every packet of copied sound.
public struct OutputVerifier {
    private let path: String
    private let expected: OutputExpectation

    /// - Parameter written: of a `ClipWriter` that recorded its expectation.
    /// - Throws: `.internal` with the first thing that differs.
    public static func verify(_ written: WrittenClip) throws {
        guard let expectation = written.expectation else {
            throw MatteError(.internal, "nothing was recorded to check '\(written.path)' against")
        }
        try verify(path: written.path, expectation)
    }

    public static func verify(path: String, _ expectation: OutputExpectation) throws {
        let verifier = OutputVerifier(path: path, expected: expectation)
        switch expectation.target {
        case .file: try verifier.verifyContainer()
        case .picture: try verifier.verifyPicture(path)
        case .sequence(let folder, let naming, _):
            for index in expectation.times.indices {
                let name = naming.fileName(number: PictureNaming.firstNumber + index)
                try verifier.verifyPicture(PathName.join(folder, name))
            }
        case .direct:
            throw MatteError(.usage, "'\(path)' cannot be read again to check it", advice: "write to a file")
        }
    }

    func failure(_ words: String) -> MatteError {
        MatteError(
            .internal, "the check of '\(path)' failed: \(words)",
            advice: "please report it, with the command that was given")
    }

    // MARK: Pictures

    private func verifyPicture(_ file: String) throws {
        var pictures = 0
        do {
            // A pattern character in the name is not one here.
            let demuxer = try Demuxer(
                MediaLocation(url: "file:" + file, formatName: "image2", options: ["pattern_type": "none"]))
            try decode(demuxer) { frame in
                try checkShape(of: frame, number: pictures, file: file)
                pictures += 1
            }
        } catch let error as MatteError where error.kind != .internal {
            throw failure("'\(file)' cannot be read")
        }
        guard pictures == 1 else { throw failure("'\(file)' has \(pictures) pictures") }
    }

    // MARK: Containers

    private func verifyContainer() throws {
        let demuxer: Demuxer
        do {
            demuxer = try Demuxer(MediaLocation(url: "file:" + path))
        } catch {
            throw failure("it cannot be read: \(error.message)")
        }
        let sound = demuxer.streams.filter { $0.kind == .audio }
        // A cut may leave a stream without a packet, which MP4 then does not show.
        let copied = sound.count == expected.audio.count ? expected.audio : expected.audio.filter { $0.packets > 0 }
        guard sound.count == copied.count else {
            throw failure("it has \(sound.count) streams of sound, not \(copied.count)")
        }
        let digests = try copied.map { try AudioDigest(codecName: $0.codecName) }
        var clock: FileClock?
        var frames = 0
        try decode(demuxer) { frame in
            guard frames < expected.times.count else {
                throw failure("it has more pictures than the \(expected.times.count) that were written")
            }
            try checkShape(of: frame, number: frames)
            try checkColor(of: frame)
            let written = Timestamp(ticks: expected.times[frames], timeBase: expected.timeBase)
            let current = clock ?? FileClock(first: frame.timestamp, written: written, container: expected.container)
            clock = current
            guard current.agrees(frame.timestamp, with: written) else {
                throw failure(
                    "picture \(frames + 1) is at \(frame.timestamp) s, and was written for \(written) s")
            }
            frames += 1
        } other: { packet in
            if let index = sound.firstIndex(where: { $0.index == packet.streamIndex }) { digests[index].add(packet) }
        }
        guard frames == expected.times.count else {
            throw failure("it has \(frames) pictures, and \(expected.times.count) were written")
        }
        try checkAlphaTag(demuxer)
        for (digest, sound) in zip(digests, copied) {
            let name = "the sound of input stream \(sound.inputIndex)"
            if AudioDigest.countsPackets(codecName: sound.codecName), digest.packets != sound.packets {
                throw failure("\(name) has \(digest.packets) packets, and \(sound.packets) were copied")
            }
            guard digest.finish() == sound.sha256 else { throw failure("\(name) is not what was copied") }
        }
    }

    private func decode(
        _ demuxer: Demuxer, frame: (Frame) throws -> Void, other: (Packet) -> Void = { _ in }
    ) throws {
        guard let stream = demuxer.videoStream else { throw failure("it has no pictures") }
        let decoder: VideoDecoder
        do {
            decoder = try VideoDecoder(demuxer, stream: stream)
        } catch {
            throw failure("its pictures cannot be decoded, as they are stored")
        }
        func drain() throws {
            while true {
                switch try decoder.receive() {
                case .frame(let decoded): try frame(decoded)
                case .needsPacket, .ended: return
                case .damaged(let reason): throw failure("a picture does not decode: \(reason)")
                }
            }
        }
        while let packet = try demuxer.nextPacket() {
            guard packet.streamIndex == stream else {
                other(packet)
                continue
            }
            if case .damaged(let reason) = try decoder.send(packet) {
                throw failure("a picture does not decode: \(reason)")
            }
            try drain()
        }
        _ = try decoder.send(nil)
        try drain()
    }

    // MARK: What every picture must be

    private func checkShape(of frame: Frame, number: Int, file: String? = nil) throws {
        let name = file.map { "'\($0)'" } ?? "picture \(number + 1)"
        guard frame.size == expected.size else {
            throw failure("\(name) is \(frame.size), not \(expected.size)")
        }
        // FFmpeg's own VP9 decoder leaves alpha out; its presence is a tag of the stream.
        let isTagged = expected.codecName == "vp9" || expected.codecName == "vp8"
        if expected.carriesAlpha, !isTagged, !frame.format.hasAlpha {
            throw failure("\(name) has lost its alpha")
        }
    }

    private func checkAlphaTag(_ demuxer: Demuxer) throws {
        guard expected.carriesAlpha, expected.codecName == "vp9" || expected.codecName == "vp8",
            let index = demuxer.videoStream
        else { return }
        let hasTag = demuxer.streams[index].metadata.contains { $0.key.lowercased() == "alpha_mode" && $0.value == "1" }
        guard hasTag else { throw failure("its stream does not say that it has alpha") }
    }

    /// Containers that keep colour tags beside, or in, the bit stream.
    private static let taggingContainers: Set<String> = ["mp4", "mov", "matroska", "webm", "mpegts"]

    private func checkColor(of frame: Frame) throws {
        let (found, wanted) = (frame.color, expected.color)
        func check(_ name: String, _ found: Int32, _ wanted: Int32, unspecified: Int32) throws {
            if wanted == unspecified || found == wanted { return }
            // NUT, GIF, FLV and the like have no place for tags.
            if found == unspecified, !Self.taggingContainers.contains(expected.container) { return }
            throw failure("its \(name) is tagged \(found), not \(wanted) (numbers of ITU-T H.273)")
        }
        // VP8 has one number for both names of BT.601's matrix.
        let isSame = found.matrix.isBT601 && wanted.matrix.isBT601
        try check(
            "colour matrix", isSame ? wanted.matrix.rawValue : found.matrix.rawValue, wanted.matrix.rawValue,
            unspecified: 2)
        try check("primaries", found.primaries, wanted.primaries, unspecified: 2)
        try check("transfer function", found.transfer, wanted.transfer, unspecified: 2)
        // Limited is what untagged Y'CbCr means, and some bit streams say nothing for it; likewise for whole-range RGB and grey.
        let range = found.range == .unspecified ? (frame.format.model == .yuv ? .limited : .full) : found.range
        guard wanted.range == .unspecified || range == wanted.range else {
            throw failure("its range is tagged \(found.range), not \(wanted.range)")
        }
    }
}

extension ColorDescription.Matrix {
    fileprivate var isBT601: Bool { self == .bt470bg || self == .smpte170m }
}

/// Compares times of a file with times that were written into it.
private struct FileClock {
    /// In seconds times both denominators: what the file adds to every time.
    private let offset: Int128
    private let toleratesOneTick: Bool

    /// Only transport streams begin where they like; everywhere else the first time counts too.
    init(first: Timestamp, written: Timestamp, container: String) {
        toleratesOneTick = container == "mpegts"
        offset = toleratesOneTick ? Self.difference(first, written) : 0
    }

    /// Whether the file's time is the nearest tick to the written one; where that is representable, it itself.
    func agrees(_ found: Timestamp, with written: Timestamp) -> Bool {
        let tick = Int128(found.timeBase.numerator) * Int128(written.timeBase.denominator)
        let difference = (Self.difference(found, written) - offset).magnitude
        return difference * 2 <= tick.magnitude * (toleratesOneTick ? 2 : 1)
    }

    private static func difference(_ a: Timestamp, _ b: Timestamp) -> Int128 {
        Int128(a.ticks) * Int128(a.timeBase.numerator) * Int128(b.timeBase.denominator)
            - Int128(b.ticks) * Int128(b.timeBase.numerator) * Int128(a.timeBase.denominator)
    }
}
