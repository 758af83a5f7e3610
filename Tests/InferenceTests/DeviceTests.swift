import Frames
import Inference
import Testing

struct DeviceTests {
    @Test(arguments: [
        ("cpu", "cpu"), ("CPU", "cpu"), ("cuda", "cuda:0"), ("cuda:1", "cuda:1"), ("tensorrt", "tensorrt:0"),
        ("gpu", "gpu"), ("gpu:1", "gpu:1"), ("NPU", "npu"), ("openvino", "openvino:CPU"),
        ("openvino:gpu.1", "openvino:GPU.1"),
    ])
    func known(text: String, description: String) throws {
        #expect(try Device(parsing: text).description == description)
    }

    @Test(arguments: [
        "", "tpu", "gpu:x", "npu:1", "cuda:", "cuda:-1", "cuda:x", "cpu:0", "openvino:", ":", "cuda:99999999999",
    ])
    func unknown(text: String) {
        #expect { try Device(parsing: text) } throws: { error in
            (error as? MatteError)?.kind == .usage && "\(error)".contains("choose cpu, cuda")
        }
    }
}
