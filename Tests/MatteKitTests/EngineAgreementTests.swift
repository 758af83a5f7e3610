import Foundation
import MatteKit
import Pixels
import TestSupport
import Testing

/// The real network on both engines.
struct EngineAgreementTests {
    private static let frames = 25

    private func alphas(_ inference: InferenceOptions, cutsGraph: Bool = true) throws -> [[Float]] {
        var options = MattingOptions()
        options.warmUpFrames = 0
        options.resetsAtSceneCuts = false
        var alphas: [[Float]] = []
        try RealModel.matte(
            clip: DemoClip.path(), frames: Self.frames, options: options, inference: inference, cutsGraph: cutsGraph
        ) { matted in
            alphas.append(matted.matte.dense(for: matted.frame).alpha.withFloats(Array.init))
        }
        return alphas
    }

    @Test(arguments: [false, true]) func bothEnginesSayTheSame(cutsGraph: Bool) throws {
        let mine = try alphas(InferenceOptions(engine: "openvino"), cutsGraph: cutsGraph)
        // The published graph on ONNX Runtime is the reference for both.
        let theirs = try alphas(InferenceOptions(engine: "onnxruntime"), cutsGraph: false)
        #expect(mine.count == Self.frames && theirs.count == Self.frames)
        var errors = ErrorSpread()
        for (alpha, other) in zip(mine, theirs) {
            alpha.withUnsafeBufferPointer { errors.add($0, other, from: 0) }
        }
        // In code values of 8 bits, as for the published graph.
        #expect(errors.mean <= 0.2, "mean \(errors.mean)")
        #expect(errors.shareAbove(2) <= 0.001, "\(errors.shareAbove(2)) above 2/255")
    }

    @Test(arguments: Engines.names) func threadsDoNotChangeTheBits(engine: String) throws {
        let one = try alphas(InferenceOptions(engine: engine, threads: 1))
        for threads in [2, 3] {
            #expect(try alphas(InferenceOptions(engine: engine, threads: threads)) == one, "\(threads) threads")
        }
    }

    /// Scene cuts bring the zero state back.
    @Test func aResetStartsAfresh() throws {
        InstalledRuntime.located
        let model = try ModelStore(directory: RealModel.folder).model("rvm-mobilenetv3")
        let network = try MattingNetworks.make(model: model, inference: InferenceOptions(engine: "openvino"))
        var decoding = DecodingOptions()
        decoding.frameLimit = 3
        let decoder = try ClipDecoder(path: DemoClip.path(), options: decoding)
        var frames: [Frame] = []
        while let frame = try decoder.nextFrame() { frames.append(frame) }
        func alphas() throws -> [[Float]] {
            try frames.map { try network.matte($0).dense(for: $0).alpha.withFloats(Array.init) }
        }
        let first = try alphas()
        let carriedOn = try alphas()
        network.reset()
        #expect(try alphas() == first)
        #expect(carriedOn != first)
    }
}
