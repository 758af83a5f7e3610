import Compositing
import Decoding
import Encoding
import FFmpeg
import Foundation
public import Frames
import Matting
public import Pipeline
public import Presets

/// One clip in, one clip out: opens the input and the model, joins the stages, runs them, checks the result.
///
/// `run` blocks; `cancel` may be called from any thread. An object runs once.
public final class MatteJob: Sendable {
    private let options: RunOptions
    private let network: SharedNetwork
    private let segment: JobSegment?
    private let preview: JobPreview?
    private let quality: QualityWatch?
    private let thumbnail: String?
    private let notice: NoticeHandler
    private let state = RunState()

    /// - Parameters:
    ///   - network: where another job of the same model, or the warm-up of the segment, has loaded it already.
    ///   - segment: does only a part of the clip, into pieces beside each other instead of the outputs.
    ///   - inspectsQuality: whether the mattes are judged on the way, see `RunSummary.quality`.
    ///   - thumbnail: a JPEG of the main output, written when that is complete; a failure to do so is none of the job's. None
    ///     of a segment.
    ///   - notice: hears what a person should know but what stops nothing; called from any thread.
    public convenience init(
        _ options: RunOptions, network: SharedNetwork = SharedNetwork(), segment: JobSegment? = nil,
        inspectsQuality: Bool = false, thumbnail: String? = nil, notice: @escaping NoticeHandler = { _ in }
    ) {
        self.init(
            options, network: network, segment: segment, preview: nil, inspectsQuality: inspectsQuality,
            thumbnail: thumbnail, notice: notice)
    }

    init(
        _ options: RunOptions, network: SharedNetwork, segment: JobSegment? = nil, preview: JobPreview?,
        inspectsQuality: Bool = false, thumbnail: String? = nil, notice: @escaping NoticeHandler
    ) {
        self.options = options
        self.network = network
        self.segment = segment
        self.preview = preview
        quality = inspectsQuality ? QualityWatch() : nil
        self.thumbnail = thumbnail
        self.notice = notice
    }

    /// Stops the run soon; it ends with `.interrupted` and leaves no output.
    public func cancel() { state.cancel() }

    /// Does the work.
    ///
    /// - Parameter progress: called after every frame, from the encoding queue.
    /// - Throws: `MatteError`; no output exists under its name then.
    public func run(progress: @escaping @Sendable (RunProgress) -> Void = { _ in }) throws -> RunSummary {
        try checkPaths()
        let state = state
        let isCancelled: @Sendable () -> Bool = { state.isStopped }
        do {
            let decoder = try openInput(isCancelled: isCancelled)
            // Names and options are cheap to check, so that nobody waits for a network to hear of a slip.
            let spec = JobBackground.spec(for: options)
            let places = PiecePlaces()
            let pieces = try segment.map { segment in
                try PiecedOutputs(segment, places: places, quality: quality) { [self] number in
                    let named = options.writing(piece: number, in: segment.folder)
                    return try openOutputs(named, for: decoder.info, transparent: spec == .transparent)
                }
            }
            let outputs =
                try pieces?.outputs ?? openOutputs(options, for: decoder.info, transparent: spec == .transparent)
            let background = try JobBackground.open(
                spec, fit: options.fit,
                foregroundStart: segment.map { Double($0.clipStart) * decoder.info.timeBase.doubleValue },
                isForStill: options.decoding.isForStill, isCancelled: isCancelled, notice: notice)
            let matting = try network.open(
                options, frameRate: decoder.info.averageFrameRate, isPart: segment != nil, isCancelled: isCancelled,
                notice: notice)
            preview?.open(for: decoder.info.size)
            let pictures: [any JobPicture] = outputs + (preview.map { [$0] } ?? [])
            let matter = try JobPlate.network(
                matting.network, for: decoder.info.size, options: options, isCancelled: isCancelled, notice: notice)
            let stage = MattingStage(network: matter, options: options.matting)
            let pipeline = ClipPipeline(
                source: decoder, matter: try segment.map { try SegmentMatter(stage, $0, places: places) } ?? stage,
                renderer: JobRenderer(
                    background: background, compositors: pictures.map(\.compositor),
                    showsBackground: pictures.contains { $0.layout.showsBackground }, quality: quality),
                sinks: pieces?.sinks ?? pictures,
                // Large frames do not wait beside those that are worked on: the stages take so long over each that a
                // hand-over is nothing.
                capacity: options.queueCapacity ?? (decoder.info.size.isLarge ? 1 : 2),
                expectedFrames: decoder.info.expectedFrames, state: state)
            let report = try pipeline.run(progress: progress)
            if pieces == nil {
                for output in outputs { try output.verify() }
                try? outputs.first?.thumbnail?.write()
            }
            return RunSummary(
                input: options.input, outputs: outputs.map(\.path), width: decoder.info.size.width,
                height: decoder.info.size.height, model: matting.name, engine: matting.network.engineName,
                device: matting.network.deviceName, verified: options.verifies, pipeline: report,
                plate: (matter as? PlateNetwork)?.times, quality: pieces == nil ? quality?.finish() : nil)
        } catch {
            // What FFmpeg says when its interrupt callback stops it is a consequence, not the cause.
            throw state.error ?? error
        }
    }

    private func openInput(isCancelled: @escaping @Sendable () -> Bool) throws -> ClipDecoder {
        var decoding = options.decoding
        decoding.copiesStreams = true
        decoding.segment = segment.map {
            ClipSegment(first: $0.readFrom, end: $0.span.end, shift: $0.span.shift)
        }
        let decoder = try ClipDecoder(
            path: options.input, options: decoding, isCancelled: isCancelled, notice: notice)
        let info = decoder.info
        let color = info.color.resolved(for: info.size, format: info.format)
        if info.format.model == .yuv, info.color.matrix == .unspecified {
            let name = color.matrix == .bt709 ? "BT.709" : "BT.601"
            notice("'\(options.input)' does not say its colour matrix; \(name) is assumed for \(info.size)")
        }
        if info.color.isHighDynamicRange {
            notice(
                "'\(options.input)' is HDR; backgrounds are taken as if they were made for it, so their brightness "
                    + "may need adjusting")
        }
        return decoder
    }

    private func openOutputs(_ options: RunOptions, for clip: ClipInfo, transparent: Bool) throws -> [JobOutput] {
        var clip = clip
        if options.audio == .none { clip.streams.removeAll { $0.kind == .audio } }
        let color = clip.color.resolved(for: clip.size, format: clip.format)
        func output(_ path: String, _ layout: Layout, isMain: Bool) throws -> JobOutput {
            try JobOutput(
                path: path, layout: layout, clip: clip, color: color,
                wantsAlpha: isMain && layout == .composite && transparent, copiesStreams: isMain && segment == nil,
                options: options,
                notice: notice)
        }
        var outputs = [try output(options.output, options.layout, isMain: true)]
        if segment == nil { outputs[0].thumbnail = thumbnail.map { Thumbnail(path: $0) } }
        if let path = options.outputAlpha { outputs.append(try output(path, .alpha, isMain: false)) }
        if let path = options.outputForeground { outputs.append(try output(path, .foreground, isMain: false)) }
        return outputs
    }

    /// Two outputs of one name, or an output over the input, would destroy work.
    private func checkPaths() throws {
        let outputs = options.outputs
        guard !options.input.isEmpty else { throw MatteError(.usage, "no input was given") }
        guard outputs.allSatisfy({ !$0.isEmpty }) else {
            throw MatteError(.usage, "no output was given", advice: "say where to write with -o FILE")
        }
        for (index, path) in outputs.enumerated()
        where outputs.dropFirst(index + 1).contains(where: { RunOptions.isSameFile($0, path) }) {
            throw MatteError(.usage, "two outputs have the same name '\(path)'", advice: "give each its own")
        }
        for input in [options.input, options.plate, options.trimap.path, options.trimap.strokes].compactMap({ $0 })
        where outputs.contains(where: { RunOptions.isSameFile($0, input) }) {
            throw MatteError(.usage, "the output '\(input)' is an input", advice: "choose another name for the output")
        }
    }
}
