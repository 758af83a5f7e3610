import MatteKit
import TestSupport

extension RealModel {
    /// Runs a clip through decoder, network and matte stage, without queues.
    static func matte(
        clip: String, frames: Int? = nil, options: MattingOptions, inference: InferenceOptions = .init(),
        cutsGraph: Bool = true,
        body: (MattedFrame) throws -> Void
    ) throws {
        var decoding = DecodingOptions()
        decoding.frameLimit = frames
        let decoder = try ClipDecoder(path: clip, options: decoding)
        InstalledRuntime.located
        let model = try ModelStore(directory: folder).model("rvm-mobilenetv3")
        let network = try MattingNetworks.make(
            model: model, inference: inference, ratio: nil, cutsGraph: cutsGraph, notice: { _ in })
        let stage = MattingStage(network: network, options: options)
        while let frame = try decoder.nextFrame() { try stage.process(frame, emit: body) }
        try stage.finish(emit: body)
    }
}
