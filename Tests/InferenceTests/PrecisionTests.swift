import Foundation
import Frames
import Inference
import TestSupport
import Testing

/// What `--precision` asks of the engines.
@Suite(.serialized) struct PrecisionTests {
    init() { InstalledRuntime.located }

    /// The portrait network's alpha of one picture, the device as it is named, and what was said.
    private func run(_ engine: String, _ precision: Precision?) throws -> (
        alpha: [Float], device: String, said: [String]
    ) {
        let said = Protected<[String]>([])
        let session = try TinyOnnx.portrait().withUnsafeBytes {
            try Engines.make(engine).makeSession(
                .bytes($0, name: "tiny.onnx"), options: InferenceOptions(precision: precision),
                notice: { text in said.withLock { $0.append(text) } })
        }
        let picture = FloatImage(size: Size(width: 64, height: 32), channels: 3) { floats in
            for index in floats.indices { floats[index] = Float(index * 7919 % 1009) / 1008 }
        }
        let results = try session.run(
            inputs: [(session.inputs[0].name, Tensor(picture))], outputs: [session.outputs[0].name])
        return (results[0].withFloats { Array($0) }, session.deviceName, said.withLock { $0 })
    }

    @Test(arguments: Engines.names) func exactIsTheDefaultAndSilent(engine: String) throws {
        let (usual, exact) = (try run(engine, nil), try run(engine, .exact))
        #expect(usual.alpha == exact.alpha)
        #expect(exact.device == "cpu" && exact.said.isEmpty)
    }

    @Test(arguments: Engines.names) func fastSaysWhereItIsNot(engine: String) throws {
        let exact = try run(engine, .exact)
        let fast = try run(engine, .fast)
        if fast.device == "cpu" {
            #expect(fast.said.count == 1 && fast.said.first?.contains("no arithmetic of 16 bits") == true)
            #expect(fast.alpha == exact.alpha)
        } else {
            #expect(fast.device.hasPrefix("cpu with ") && fast.said.isEmpty)
        }
        let furthest = zip(exact.alpha, fast.alpha).map { abs($0 - $1) }.max() ?? 1
        // Eight bits of each number, and a sum of three.
        #expect(furthest < 1.0 / 64)
        let automatic = try run(engine, .auto)
        #expect(automatic.said.isEmpty && automatic.device == fast.device && automatic.alpha == fast.alpha)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/cpuinfo")))
    func aProcessorWithSuchArithmeticIsFound() throws {
        let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let isThere = ["avx512_bf16", "amx_bf16"].contains { flags.contains($0) }
        let device = try run("openvino", .fast).device
        #expect(!isThere || device == "cpu with bf16")
    }
}
