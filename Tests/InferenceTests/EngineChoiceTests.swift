import Foundation
import Frames
import Inference
import TestSupport
import Testing

/// Which engine `--engine` means.
struct EngineChoiceTests {
    init() { InstalledRuntime.located }

    @Test(arguments: [("cuda", "onnxruntime"), ("tensorrt:1", "onnxruntime"), ("gpu", "openvino"), ("npu", "openvino")])
    func autoSuitsTheDevice(device: String, engine: String) throws {
        let options = InferenceOptions(device: device)
        #expect(try Engines.make(for: options, notice: { Issue.record("unexpected notice: \($0)") }).name == engine)
    }

    @Test func autoTakesTheFasterOneForTheProcessor() throws {
        #if arch(x86_64)
            let expected = "openvino"
        #else
            let expected = "onnxruntime"
        #endif
        #expect(try Engines.make(for: InferenceOptions(), notice: { _ in }).name == expected)
    }

    @Test(arguments: Engines.names) func aNameIsTakenAtItsWord(name: String) throws {
        #expect(try Engines.make(for: InferenceOptions(engine: name, device: "cuda"), notice: { _ in }).name == name)
    }

    @Test func unknownNames() {
        #expect { try Engines.make("abacus") } throws: { error in
            (error as? MatteError)?.kind == .usage && "\(error)".contains("onnxruntime or openvino")
        }
        #expect { try Engines.make(for: InferenceOptions(device: "abacus"), notice: { _ in }) } throws: {
            ($0 as? MatteError)?.kind == .usage
        }
    }
}
