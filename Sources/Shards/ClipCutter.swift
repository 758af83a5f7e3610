import Decoding
import Encoding
import FFmpeg
import Frames
import MatteKit
import Models
import Presets

/// Cuts a long clip into chunks.
///
/// A chunk ends at the last scene cut in its last third; where there is none, at the next cut behind it. A network begins
/// afresh at a cut anyway, so the pictures are those of one long run, bit by bit. A shot that is longer than a chunk stays
/// whole, unless the plan may split it: then it is cut at a key frame, and the frames from there on warm the network up.
struct ClipCutter {
    /// Frames that warm the network up where a shot is split.
    ///
    /// RVM's state forgets slowly, and in places never: started in the middle of three real clips (a talk with loose hair,
    /// a man before a shelf, two people who move), alpha was off by more than 1/255 at 2.8, 0.9 and 5.1 % of the pixels
    /// in the first frame; after 24 frames at 2.5, 0.7 and 3.9 %, after 64 at 2.3, 0.7 and 1.4 %, after 250 at 2.0, 0.1
    /// and 1.0 %. A face in a driving car (176×144) that was split after 64 frames was off at 0.2 % of the pixels of all
    /// frames behind the split, and at 3 % where the clip was followed by itself backwards. No number of frames brings
    /// every clip to 0.1 %, so splitting shots is a choice and not the rule; beyond 64 frames more of them gain little.
    static let warmUpFrames: Int64 = 64

    let request: PlanRequest
    let isCancelled: @Sendable () -> Bool

    /// Cut places of a clip, and what goes with them.
    struct Cutting {
        var chunks: [PlannedClip.Chunk] = []
        var clipStart: Int64 = 0
        var pieceFrames = 1
        var expectedFrames: Int?
        /// Of the longest chunk, where that is far longer than it should be, for want of places to cut.
        var longestShotSeconds: Double?
    }

    /// About how many chunks a clip would be cut into if it has cuts enough; 1 for one that stays whole. No more than the
    /// first picture is decoded.
    func expectedChunks(_ input: String, options: RunOptions) throws -> Int {
        guard let (_, _, seconds) = try cuttable(input, options) else { return 1 }
        return Int((seconds / request.chunkSeconds).rounded())
    }

    /// What is known of a clip that can be cut and is long enough; nil for any other.
    private func cuttable(
        _ input: String, _ options: RunOptions
    ) throws -> (info: ClipInfo, span: ClipSegment, seconds: Double)? {
        guard try mayBeCut(input, options) else { return nil }
        let decoder = try ClipDecoder(path: input, options: options.decoding, isCancelled: isCancelled)
        let (info, span) = (decoder.info, decoder.span)
        guard info.timeBase.isKnown, info.averageFrameRate.isKnown, span.first >= span.shift,
            let seconds = info.durationSeconds, isLong(seconds)
        else { return nil }
        return (info, span, seconds)
    }

    /// Containers whose times and key frames can be found anywhere.
    private static let inputs = ["mov", "matroska"]
    /// Outputs whose pieces can be joined.
    private static let outputs: Set<String> = ["mp4", "m4v", "mov", "mkv", "webm"]

    /// - Returns: no chunks for a clip that stays whole.
    func cut(_ input: String, options: RunOptions, kind: ModelCard.Kind) throws -> Cutting {
        guard let (info, span, seconds) = try cuttable(input, options) else { return Cutting() }
        let tick = info.timeBase.doubleValue
        func ticks(_ seconds: Double) -> Int64 { Int64((seconds / tick).rounded()) }
        let frameTicks = max(1, ticks(1 / info.averageFrameRate.doubleValue))
        let rule = Rule(
            chunk: ticks(request.chunkSeconds), frame: frameTicks,
            end: min(span.end ?? .max, span.first + ticks(seconds)),
            remembers: kind != .portrait, resetsAtCuts: options.matting.resetsAtSceneCuts)
        let search = ShotSearch(input, options: options.decoding, isCancelled: isCancelled)
        var cutting = Cutting(
            clipStart: span.first - span.shift,
            pieceFrames: max(1, Int((request.checkpointSeconds * info.averageFrameRate.doubleValue).rounded())))
        var begins = [Begin(first: span.first, readFrom: span.first, isExact: true)]
        while let last = begins.last, let next = try next(after: last.first, rule, search) { begins.append(next) }
        let lengths = zip(begins, begins.dropFirst().map(\.first) + [rule.end]).map { Double($1 - $0.first) * tick }
        cutting.longestShotSeconds = lengths.max().flatMap { isLong($0) ? $0 : nil }
        guard begins.count > 1 else { return cutting }
        cutting.expectedFrames = info.expectedFrames
        cutting.chunks = begins.enumerated().map { index, begin in
            let end = begins.indices.contains(index + 1) ? begins[index + 1].first : span.end
            return PlannedClip.Chunk(
                span: ClipSegment(first: begin.first, end: end, shift: span.shift), readFrom: begin.readFrom,
                isExact: begin.isExact)
        }
        return cutting
    }

    private struct Begin {
        var first: Int64
        var readFrom: Int64
        var isExact: Bool
    }

    /// All in ticks.
    private struct Rule {
        var chunk: Int64
        var frame: Int64
        var end: Int64
        var remembers: Bool
        var resetsAtCuts: Bool
    }

    private func isLong(_ seconds: Double) -> Bool { seconds > 1.5 * request.chunkSeconds }

    /// Whether it can be cut at all, and is long enough: only the container's header is read. Plates, trimaps and strokes
    /// are followed through the whole clip.
    private func mayBeCut(_ input: String, _ options: RunOptions) throws -> Bool {
        let isFile = try InputFiles.paths(of: input) == [input]
        guard isFile, options.decoding.inputFormat == nil, options.decoding.inputOptions.isEmpty,
            options.decoding.frameLimit == nil, options.plate == nil, !options.trimap.isUsed,
            options.encoding.outputFormat == nil,
            options.outputs.allSatisfy({ Self.outputs.contains(PathName.fileExtension($0)) })
        else { return false }
        guard let header = try header(of: input) else { return false }
        guard Self.inputs.contains(where: header.container.formatName.contains), header.isSeekable,
            let stream = header.videoStream
        else { return false }
        let video = try header.videoInfo(ofStream: stream)
        return video.durationTicks.map { isLong(Double($0) * video.timeBase.doubleValue) } ?? false
    }

    /// Nil for what cannot be opened; its worker will say so.
    private func header(of input: String) throws -> Demuxer? {
        do throws(MatteError) {
            return try Demuxer(
                MediaLocation(url: "file:" + input, name: input, analyzes: false), isCancelled: isCancelled)
        } catch {
            guard error.kind == .badInput else { throw error }
            return nil
        }
    }

    /// Where the chunk after the one that begins at `start` begins; nil where the clip's rest belongs to that one.
    private func next(after start: Int64, _ rule: Rule, _ search: ShotSearch) throws -> Begin? {
        let target = start + rule.chunk
        // What is left behind the last chunk should be worth a worker.
        guard rule.end - target > rule.chunk / 2 else { return nil }
        guard rule.remembers else { return Begin(first: target, readFrom: target, isExact: true) }
        let third = target - rule.chunk / 3
        if rule.resetsAtCuts {
            let cuts = try search.cuts(in: third..<target + 1, frameTicks: rule.frame)
            if let cut = cuts.last { return Begin(first: cut, readFrom: cut, isExact: true) }
        }
        if request.splitsShots {
            let warmUp = Self.warmUpFrames * rule.frame
            let latest = max(start, target - warmUp)
            // Reading begins at the key frame, so that nothing is decoded in vain.
            let key = third <= latest ? try search.lastKeyFrame(in: third..<latest + 1) : nil
            let readFrom = key ?? latest
            return Begin(first: readFrom + warmUp, readFrom: readFrom, isExact: false)
        }
        guard rule.resetsAtCuts,
            let cut = try search.cuts(in: target + 1..<rule.end, frameTicks: rule.frame, stopsAtFirst: true).first
        else { return nil }
        return Begin(first: cut, readFrom: cut, isExact: true)
    }
}
