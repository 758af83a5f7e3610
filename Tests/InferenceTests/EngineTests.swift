import Foundation
import Frames
import Inference
import TestSupport
import Testing

/// What every engine does alike. These need the libraries that `make deps` installs; without them they fail.
@Suite(.serialized) struct EngineTests {
    init() { InstalledRuntime.located }

    private func session(
        _ name: String, _ bytes: [UInt8], device: String = "cpu", threads: Int? = nil, requireDevice: Bool = false,
        notice: @escaping NoticeHandler = { _ in }
    ) throws -> any InferenceSession {
        try bytes.withUnsafeBytes {
            try Engines.make(name).makeSession(
                .bytes($0, name: "tiny.onnx"),
                options: InferenceOptions(device: device, threads: threads, requireDevice: requireDevice),
                notice: notice)
        }
    }

    @Test(arguments: [("onnxruntime", "1.", "libonnxruntime"), ("openvino", "202", "libopenvino_c")])
    func sayingWhatItIs(name: String, version: String, file: String) throws {
        let engine = try Engines.make(name)
        #expect(engine.name == name)
        #expect(engine.version.hasPrefix(version))
        #expect(engine.libraryPath.contains(file))
        #expect(engine.availableDevices.first == "cpu")
    }

    @Test func telemetryIsOff() throws {
        _ = try Engines.make("onnxruntime")
        #expect(getenv("ORT_DISABLE_TELEMETRY").map { String(cString: $0) } == "1")
    }

    @Test(arguments: Engines.names) func portsAreDescribed(name: String) throws {
        let session = try session(name, TinyOnnx.recurrent())
        #expect(session.deviceName == "cpu")
        #expect(session.inputs.map(\.name) == ["src", "r1i", "downsample_ratio"])
        #expect(session.inputs[0].shape == [1, 3, nil, nil])
        #expect(session.outputs.map(\.name) == ["fgr", "pha", "r1o"])
        #expect(session.outputs.allSatisfy { $0.elementType == .float32 })
    }

    @Test(arguments: Engines.names) func stateIsHandedOnWithoutACopy(name: String) throws {
        let session = try session(name, TinyOnnx.recurrent())
        let picture = FloatImage(size: Size(width: 3, height: 2), channels: 3) { floats in
            for index in floats.indices { floats[index] = Float(index) / 16 }
        }
        var state = Tensor(shape: [1, 1, 1, 1], values: [0])
        var expected = [Float](repeating: 0, count: 6)
        for _ in 0..<5 {
            let results = try session.run(
                inputs: [
                    ("src", Tensor(picture)), ("r1i", state), ("downsample_ratio", Tensor(shape: [1], values: [0.5])),
                ], outputs: ["pha", "r1o", "fgr"])
            for index in expected.indices { expected[index] = 0.5 * Float(index) / 16 + 0.5 * expected[index] }
            #expect(results[0].shape == [1, 1, 2, 3])
            #expect(results[0].withFloats { Array($0) } == expected)
            state = results[1]
            // The picture shares the result's memory.
            let foreground = try #require(FloatImage(results[2]))
            #expect(foreground.size == picture.size && foreground.channels == 3)
            #expect(results[2].withFloats { $0.baseAddress } == foreground.unsafeBase)
        }
    }

    @Test(arguments: Engines.names) func resultsOutliveTheSession(name: String) throws {
        var image: FloatImage?
        do {
            let session = try session(name, TinyOnnx.portrait())
            let picture = FloatImage(size: Size(width: 2, height: 2), channels: 3) { $0.initialize(repeating: 0.75) }
            image = FloatImage(try session.run(inputs: [("input", Tensor(picture))], outputs: ["output"])[0])
        }
        #expect(image?.withFloats { Array($0) } == [0.75, 0.75, 0.75, 0.75])
    }

    @Test(arguments: Engines.names) func threadsDoNotChangeTheBits(name: String) throws {
        let picture = FloatImage(size: Size(width: 301, height: 97), channels: 3) { floats in
            var random = SeededRandom(seed: 7)
            for index in floats.indices { floats[index] = Float.random(in: 0...1, using: &random) }
        }
        let results = try [1, 2, 5].map { threads in
            try session(name, TinyOnnx.portrait(gain: 0.3), threads: threads)
                .run(inputs: [("input", Tensor(picture))], outputs: ["output"])[0].withFloats { Array($0) }
        }
        #expect(results[0] == results[1] && results[0] == results[2])
    }

    @Test(arguments: Engines.names) func runErrorsCarryTheLibrarysWords(name: String) throws {
        let session = try session(name, TinyOnnx.portrait(side: 4))
        let wrong = Tensor(shape: [1, 3, 5, 5], values: [0])
        #expect {
            try session.run(inputs: [("input", wrong)], outputs: ["output"])
        } throws: { error in
            guard let error = error as? MatteError else { return false }
            return error.kind == .internal && error.message.contains("tiny.onnx") && error.message.contains("input")
        }
        #expect(throws: MatteError.self) {
            try session.run(inputs: [("input", Tensor(shape: [1, 3, 4, 4], values: [0]))], outputs: ["nothing"])
        }
    }

    @Test(arguments: Engines.names, [[], Array("garbage".utf8), Array(TinyOnnx.recurrent().dropLast(40))] as [[UInt8]])
    func badFilesAreRefused(name: String, bytes: [UInt8]) {
        #expect { try session(name, bytes) } throws: { ($0 as? MatteError)?.kind == .badInput }
    }

    @Test(arguments: Engines.names) func filesAreLoadedByPathToo(name: String) throws {
        let folder = try TemporaryFolder()
        try Data(TinyOnnx.portrait()).write(to: URL(fileURLWithPath: folder.path("a b.onnx")))
        let session = try Engines.make(name).makeSession(
            .file(folder.path("a b.onnx")), options: .init(), notice: { _ in })
        #expect(session.outputs.map(\.name) == ["output"])
        #expect {
            try Engines.make(name).makeSession(.file(folder.path("none")), options: .init(), notice: { _ in })
        } throws: {
            ($0 as? MatteError)?.message.contains(folder.path("none")) == true
        }
    }

    @Test(arguments: Engines.names) func aMissingDeviceFallsBackAloudOrFails(name: String) throws {
        // A card number no machine has, so that this holds with a CUDA build and a CUDA card as well.
        let notices = Protected<[String]>([])
        let session = try session(name, TinyOnnx.portrait(), device: "cuda:99") { text in
            notices.withLock { $0.append(text) }
        }
        #expect(session.deviceName == "cpu")
        #expect(notices.withLock { $0.count } == 1)
        #expect(notices.withLock { $0.first?.contains("cuda:99") } == true)
        #expect {
            try self.session(name, TinyOnnx.portrait(), device: "cuda:99", requireDevice: true)
        } throws: { ($0 as? MatteError)?.kind == .missingPart }
    }

    @Test(arguments: Engines.names) func aBadFileIsNotTakenForAMissingDevice(name: String) {
        #expect {
            try session(name, Array("garbage".utf8), device: "cuda:99") { Issue.record("unexpected notice: \($0)") }
        } throws: { ($0 as? MatteError)?.kind == .badInput }
    }

    @Test(arguments: Engines.names, [0, -1, 100_000]) func badThreadCounts(name: String, threads: Int) {
        #expect { try session(name, TinyOnnx.portrait(), threads: threads) } throws: {
            ($0 as? MatteError)?.kind == .usage
        }
    }

    @Test func unknownEngine() {
        #expect { try Engines.make("abacus") } throws: { error in
            (error as? MatteError)?.kind == .usage && "\(error)".contains("onnxruntime")
        }
    }
}
