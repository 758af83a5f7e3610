import Foundation
import Frames
import Inference
import Matting
import Models
import Pixels
import TestSupport
import Testing

/// A graph of RVM's structure, cut and whole: both must say the same of every picture.
struct CutGraphTests {
    private func network(
        _ bytes: [UInt8], ratio: Double?, cutsGraph: Bool, engine: String = "auto", card: String = "",
        notice: NoticeHandler = { _ in }
    ) throws -> any MattingNetwork {
        let tiny = try TinyModel(bytes, kind: "recurrent", card: TinyModel.recurrentPorts + "\n" + card)
        InstalledRuntime.located
        return try MattingNetworks.make(
            model: tiny.model, inference: .init(engine: engine, threads: 1), ratio: ratio, cutsGraph: cutsGraph,
            notice: notice)
    }

    private func frame(_ size: Size, seed: UInt64) -> Frame { TestFrames.scene(seed: seed, size: size) }

    private func largestDifference(_ a: FloatImage, _ b: FloatImage) -> Float {
        guard a.size == b.size, a.channels == b.channels else { return .infinity }
        return a.withFloats { a in b.withFloats { b in zip(a, b).map { abs($0 - $1) }.max() ?? .infinity } }
    }

    /// ONNX Runtime runs the whole graph: it has the sizes of ONNX's Resize right in every case.
    @Test(
        arguments: Engines.names,
        [
            // Whole and broken products of side and ratio, none at all, a small side of one, a network that is given.
            (128, 72, 0.5), (128, 72, nil), (77, 53, 0.37), (54, 31, 0.999), (40, 3, 0.4), (3, 40, 0.34), (1, 1, nil),
            (5, 1, 0.9), (640, 34, nil), (854, 48, nil), (33, 33, 1),
        ] as [(Int, Int, Double?)])
    func cutAndWholeAgree(engine: String, picture: (Int, Int, Double?)) throws {
        let (width, height, ratio) = picture
        let size = Size(width: width, height: height)
        let bytes = TinyOnnx.guidedFilter(form: .init(casts: width % 2 == 0))
        let cut = try network(bytes, ratio: ratio, cutsGraph: true, engine: engine) { Issue.record("\($0)") }
        let whole = try network(bytes, ratio: ratio, cutsGraph: false, engine: "onnxruntime")
        for seed in 0..<3 as Range<UInt64> {
            let frame = frame(size, seed: seed)
            let matte = try cut.matte(frame)
            guard case .affine(let affine) = matte else {
                Issue.record("the graph was not cut")
                return
            }
            #expect(affine.pictureSize == size && affine.hasForeground)
            let ours = matte.dense(for: frame)
            let theirs = try whole.matte(frame).dense(for: frame)
            #expect(ours.alpha.size == theirs.alpha.size)
            // OpenVINO gets very small pictures with a margin.
            let ratio = ratio ?? min(512 / Double(size.longerSide), 1)
            if engine == "openvino", Double(min(width, height)) * ratio < 8 { continue }
            #expect(largestDifference(ours.alpha, theirs.alpha) < 1e-5)
            #expect(largestDifference(try #require(ours.foreground), try #require(theirs.foreground)) < 1e-5)
            // The test would say nothing if alpha were all 0 or all 1.
            if width > 40 { #expect(ours.alpha.withFloats { $0.contains { $0 > 0.05 && $0 < 0.95 } }) }
        }
    }

    /// The authors' files of 16 bits run like any other: the cut graph takes and gives 32. Rounding of binary16 inside
    /// is all that differs, and a few of its steps (2^-11) of numbers around 1 is little.
    @Test(arguments: Engines.names, [false, true])
    func graphsOfSixteenBitsAndResidualOnes(engine: String, isResidual: Bool) throws {
        func cut(isHalf: Bool) throws -> any MattingNetwork {
            let bytes = TinyOnnx.guidedFilter(form: .init(isHalf: isHalf, isResidual: isResidual))
            return try network(bytes, ratio: 0.5, cutsGraph: true, engine: engine) { Issue.record("\($0)") }
        }
        let full = TinyOnnx.guidedFilter(form: .init(isResidual: isResidual))
        let whole = try network(full, ratio: 0.5, cutsGraph: false, engine: "onnxruntime")
        let (single, half) = (try cut(isHalf: false), try cut(isHalf: true))
        for seed in 0..<3 as Range<UInt64> {
            let frame = frame(Size(width: 128, height: 72), seed: seed)
            let expected = try whole.matte(frame).dense(for: frame)
            let ours = try single.matte(frame).dense(for: frame)
            let ofHalf = try half.matte(frame).dense(for: frame)
            #expect(largestDifference(ours.alpha, expected.alpha) < 1e-5)
            #expect(largestDifference(ofHalf.alpha, expected.alpha) < 0.01)
            #expect(largestDifference(try #require(ofHalf.foreground), try #require(expected.foreground)) < 0.01)
        }
    }

    @Test func stateIsCarriedAndReset() throws {
        let network = try network(TinyOnnx.guidedFilter(), ratio: 0.5, cutsGraph: true)
        let frame = frame(Size(width: 64, height: 36), seed: 1)
        func alpha() throws -> [Float] { try network.matte(frame).dense(for: frame).alpha.withFloats { Array($0) } }
        let first = try alpha()
        #expect(try alpha() != first)
        network.reset()
        #expect(try alpha() == first)
        // Another size in between.
        _ = try network.matte(self.frame(Size(width: 36, height: 64), seed: 1))
        #expect(try alpha() == first)
    }

    @Test(arguments: [TinyOnnx.Deviation.extraConsumer, .meanOfOther, .otherLimits, .nearestResize])
    func anotherGraphRunsWholeWithOneNotice(deviation: TinyOnnx.Deviation) throws {
        let notices = Protected<[String]>([])
        let network = try network(TinyOnnx.guidedFilter(deviation), ratio: 0.5, cutsGraph: true) { text in
            notices.withLock { $0.append(text) }
        }
        let frame = frame(Size(width: 64, height: 36), seed: 1)
        guard case .dense(let matte) = try network.matte(frame) else {
            Issue.record("the graph was cut")
            return
        }
        #expect(matte.alpha.size == frame.size)
        #expect(notices.withLock { $0.count == 1 && $0[0].contains("run whole") })
    }

    @Test func aCardThatNormalisesRunsWhole() throws {
        let notices = Protected<[String]>([])
        let network = try network(
            TinyOnnx.guidedFilter(), ratio: 0.5, cutsGraph: true,
            card: "normalise: { mean: [0.5, 0.5, 0.5], std: [1, 1, 1] }"
        ) { text in notices.withLock { $0.append(text) } }
        let frame = frame(Size(width: 16, height: 16), seed: 1)
        guard case .dense = try network.matte(frame) else {
            Issue.record("the graph was cut")
            return
        }
        #expect(notices.withLock { $0.count } == 1)
    }

    @Test func garbageUnderACardIsAnErrorNotACrash() throws {
        #expect { try network(Array("no network".utf8), ratio: nil, cutsGraph: true) } throws: {
            ($0 as? MatteError)?.kind == .badInput
        }
    }

    @Test func edgeControlsWorkOnAffineMattes() throws {
        let frame = frame(Size(width: 64, height: 36), seed: 1)
        var options = MattingOptions()
        options.warmUpFrames = 0
        options.edges = EdgeControls(levels: (0.4, 0.6))
        let stage = MattingStage(
            network: try network(TinyOnnx.guidedFilter(), ratio: 0.5, cutsGraph: true), options: options)
        var emitted: [MattedFrame] = []
        try stage.process(frame) { emitted.append($0) }
        let plain = try network(TinyOnnx.guidedFilter(), ratio: 0.5, cutsGraph: true).matte(frame).dense(for: frame)
        #expect(emitted.count == 1)
        let alpha = try #require(emitted.first).alpha
        // Levels alone leave the matte affine; a step of float rounding is all that differs.
        if case .dense = try #require(emitted.first).matte { Issue.record("not affine any more") }
        #expect(largestDifference(alpha, options.edges.apply(to: plain.alpha)) < 1e-5)
        #expect(largestDifference(alpha, plain.alpha) > 0.1)
    }
}
