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
/// whole, unless the plan may split it: then it is cut at a key frame, and a worker warms the network up there
/// (`SegmentWarmUp`).
struct ClipCutter {
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
        /// Of a long clip that cannot be cut.
        var wholeReason: WholeReason?
    }

    /// What cutting a clip may come to.
    enum Prospect: Sendable {
        /// Not long enough, or for its worker to say what is wrong with it.
        case short
        case whole(WholeReason)
        case long(LongClip)
    }

    /// What is known of a clip that can be cut.
    struct LongClip: Sendable {
        let info: ClipInfo
        let span: ClipSegment
        let seconds: Double
    }

    /// About how many chunks a clip of such a length is cut into, if it has cuts enough.
    func chunkCount(seconds: Double) -> Int { Int((seconds / request.chunkSeconds).rounded()) }

    /// Whether a clip is long enough and can be cut. Of short ones only the container's header is read, of long ones the
    /// first picture is decoded.
    func prospect(of input: String, _ options: RunOptions) throws -> Prospect {
        let files = try InputFiles.paths(of: input)
        guard files == [input] else {
            // Pictures are taken for 25 a second here, whatever the options say: it is only for what people are told.
            return isLong(Double(files?.count ?? .max) / 25) ? .whole(.notOneFile) : .short
        }
        let reason = WholeReason(options, outputExtensions: options.outputs.map { PathName.fileExtension($0) })
        guard let header = try header(of: input), let stream = header.videoStream else {
            return reason == .inputOptions ? .whole(.inputOptions) : .short
        }
        let video = try header.videoInfo(ofStream: stream)
        let seconds = video.durationTicks.map { Double($0) * video.timeBase.doubleValue }
        if let seconds, !isLong(seconds) { return .short }
        if let reason { return .whole(reason) }
        let container = header.container.formatName
        guard Self.inputs.contains(where: container.contains) else { return .whole(.container(container)) }
        guard header.isSeekable else { return .whole(.notOneFile) }
        let decoder = try ClipDecoder(path: input, options: options.decoding, isCancelled: isCancelled)
        let (info, span) = (decoder.info, decoder.span)
        guard info.timeBase.isKnown, info.averageFrameRate.isKnown, span.first >= span.shift,
            let seconds = info.durationSeconds
        else { return .whole(.noLength) }
        return isLong(seconds) ? .long(LongClip(info: info, span: span, seconds: seconds)) : .short
    }

    /// Containers whose times and key frames can be found anywhere.
    private static let inputs = ["mov", "matroska"]

    /// - Parameter prospect: where it is known already.
    /// - Returns: no chunks for a clip that stays whole.
    func cut(
        _ input: String, options: RunOptions, kind: ModelCard.Kind, prospect: Prospect? = nil
    ) throws -> Cutting {
        var cutting = Cutting()
        let (info, span, seconds): (ClipInfo, ClipSegment, Double)
        switch try prospect ?? self.prospect(of: input, options) {
        case .short: return cutting
        case .whole(let reason):
            cutting.wholeReason = reason
            return cutting
        case .long(let clip): (info, span, seconds) = (clip.info, clip.span, clip.seconds)
        }
        let tick = info.timeBase.doubleValue
        func ticks(_ seconds: Double) -> Int64 { Int64((seconds / tick).rounded()) }
        let frameTicks = max(1, ticks(1 / info.averageFrameRate.doubleValue))
        let rule = Rule(
            chunk: ticks(request.chunkSeconds), frame: frameTicks,
            end: min(span.end ?? .max, span.first + ticks(seconds)),
            remembers: kind == .recurrent, resetsAtCuts: options.matting.resetsAtSceneCuts)
        let search = ShotSearch(input, options: options.decoding, isCancelled: isCancelled)
        cutting.clipStart = span.first - span.shift
        cutting.pieceFrames = max(1, Int((request.checkpointSeconds * info.averageFrameRate.doubleValue).rounded()))
        var begins = [Begin(first: span.first, exactFrom: span.first)]
        while let last = begins.last, let next = try next(after: last, rule, search) { begins.append(next) }
        let lengths = zip(begins, begins.dropFirst().map(\.first) + [rule.end]).map { Double($1 - $0.first) * tick }
        cutting.longestShotSeconds = lengths.max().flatMap { isLong($0) ? $0 : nil }
        guard begins.count > 1 else { return cutting }
        cutting.expectedFrames = info.expectedFrames
        cutting.chunks = begins.enumerated().map { index, begin in
            let end = begins.indices.contains(index + 1) ? begins[index + 1].first : span.end
            return PlannedClip.Chunk(
                span: ClipSegment(first: begin.first, end: end, shift: span.shift), exactFrom: begin.exactFrom)
        }
        return cutting
    }

    private struct Begin {
        var first: Int64
        var exactFrom: Int64

        init(first: Int64, exactFrom: Int64? = nil) {
            self.first = first
            self.exactFrom = exactFrom ?? first
        }
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

    /// Where the chunk after `last` begins; nil where the clip's rest belongs to that one.
    private func next(after last: Begin, _ rule: Rule, _ search: ShotSearch) throws -> Begin? {
        let target = last.first + rule.chunk
        // What is left behind the last chunk should be worth a worker.
        guard rule.end - target > rule.chunk / 2 else { return nil }
        guard rule.remembers else { return Begin(first: target) }
        let third = target - rule.chunk / 3
        if rule.resetsAtCuts, let cut = try search.cuts(in: third..<target + 1, frameTicks: rule.frame).last {
            return Begin(first: cut)
        }
        if request.splitsShots {
            // At a key frame, so that nothing is decoded in vain.
            let key = try search.lastKeyFrame(in: third..<target + 1)
            return Begin(first: key ?? target, exactFrom: last.exactFrom)
        }
        guard rule.resetsAtCuts,
            let cut = try search.cuts(in: target + 1..<rule.end, frameTicks: rule.frame, stopsAtFirst: true).first
        else { return nil }
        return Begin(first: cut)
    }
}
