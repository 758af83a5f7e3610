import Compositing
import Decoding
import Encoding
import FFmpeg
import Foundation
public import Frames
import Matting
import Models
public import Pipeline
public import Presets

/// One clip in, one clip out: opens the input and the model, joins the stages, runs them, checks the result.
///
/// `run` blocks; `cancel` may be called from any thread. An object runs once.
public final class MatteJob: Sendable {
    private let options: RunOptions
    private let notice: NoticeHandler
    private let state = RunState()

    /// - Parameter notice: hears what a person should know but what stops nothing; called from any thread.
    public init(_ options: RunOptions, notice: @escaping NoticeHandler = { _ in }) {
        self.options = options
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
            let outputs = try openOutputs(for: decoder.info, transparent: spec == .transparent)
            let background = try JobBackground.open(spec, fit: options.fit, isCancelled: isCancelled, notice: notice)
            let (portrait, model) = try openNetwork()
            let network = try withPlate(portrait, for: decoder.info.size)
            let pipeline = ClipPipeline(
                source: decoder, matter: MattingStage(network: network, options: options.matting),
                renderer: JobRenderer(
                    background: background, compositors: outputs.map(\.compositor),
                    showsBackground: outputs.contains { $0.layout == .composite || $0.layout == .sideBySide }),
                sinks: outputs, capacity: options.queueCapacity, expectedFrames: decoder.info.expectedFrames,
                state: state)
            let report = try pipeline.run(progress: progress)
            for output in outputs { try output.verify() }
            return RunSummary(
                input: options.input, outputs: outputs.map(\.path), width: decoder.info.size.width,
                height: decoder.info.size.height, model: model.card.name, engine: network.engineName,
                device: network.deviceName, verified: options.verifies, pipeline: report)
        } catch {
            // What FFmpeg says when its interrupt callback stops it is a consequence, not the cause.
            throw state.error ?? error
        }
    }

    private func openInput(isCancelled: @escaping @Sendable () -> Bool) throws -> ClipDecoder {
        var decoding = options.decoding
        decoding.copiesStreams = true
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

    private func openNetwork() throws -> (any MattingNetwork, InstalledModel) {
        let model = try ModelStore(catalog: ModelCatalog(notice: notice)).model(options.model)
        let network = try MattingNetworks.make(
            model: model, inference: options.inference, ratio: options.matting.ratio, notice: notice)
        return (network, model)
    }

    /// The network with the clean plate, where one was asked for.
    private func withPlate(_ network: any MattingNetwork, for size: Size) throws -> any MattingNetwork {
        guard let name = options.plate else { return network }
        let state = state
        let isAutomatic = name == "auto"
        let loader = JobPlate(name: isAutomatic ? options.input : name, notice: notice) { state.isStopped }
        guard isAutomatic else {
            return try PlateNetwork(
                network, plate: try loader.plate(for: size), keep: options.plateKeep, name: name, notice: notice)
        }
        guard options.input != "-" else {
            throw MatteError(
                .usage, "--plate auto reads the input twice, which standard input does not allow",
                advice: "give a file, or a plate")
        }
        // Of its own: damage was told of when the input was opened, and is told of again when it is matted.
        let decoder = try ClipDecoder(
            path: options.input, options: options.decoding, isCancelled: { state.isStopped })
        let plate = try loader.plate(uncoveredIn: decoder, network: network)
        return try PlateNetwork(network, plate: plate, keep: options.plateKeep, name: "auto")
    }

    private func openOutputs(for clip: ClipInfo, transparent: Bool) throws -> [JobOutput] {
        var clip = clip
        if options.audio == .none { clip.streams.removeAll { $0.kind == .audio } }
        let color = clip.color.resolved(for: clip.size, format: clip.format)
        func output(_ path: String, _ layout: Layout, isMain: Bool) throws -> JobOutput {
            try JobOutput(
                path: path, layout: layout, clip: clip, color: color,
                wantsAlpha: isMain && layout == .composite && transparent, copiesStreams: isMain, options: options,
                notice: notice)
        }
        var outputs = [try output(options.output, options.layout, isMain: true)]
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
        if outputs.contains(where: { RunOptions.isSameFile($0, options.input) }) {
            throw MatteError(
                .usage, "the output '\(options.input)' is the input", advice: "choose another name for the output")
        }
    }
}
