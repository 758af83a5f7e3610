internal import COnnxRuntime
internal import Frames

/// Owner of an `OrtSessionOptions`.
final class SessionOptions {
    let handle: OpaquePointer
    private let runtime: OnnxRuntime

    init(runtime: OnnxRuntime, threads: Int) throws {
        var handle: OpaquePointer?
        try runtime.check(
            matte_ort_create_options(runtime.handle, Int32(threads), &handle), .internal, "ONNX Runtime's options")
        guard let handle else { throw MatteError(.internal, "ONNX Runtime gave no session options") }
        self.handle = handle
        self.runtime = runtime
        // Pool threads would otherwise wait busily and burn the cores that decoding and encoding need. Measured on two
        // cores with x264 beside it: 10 % less processor time for up to 10 % more wall time where nothing else runs,
        // and less than half the wall time where other programs want the cores too.
        try runtime.check(
            matte_ort_set_config(runtime.handle, handle, "session.intra_op.allow_spinning", "0"), .internal,
            "ONNX Runtime's options")
    }

    deinit { matte_ort_release_options(runtime.handle, handle) }

    /// Puts `device` before the CPU, which stays for what the device cannot do.
    ///
    /// - Returns: the type it computes with that has fewer bits than 32-bit numbers; always nil with `isExact`.
    func append(_ device: Device, isExact: Bool) throws -> String? {
        switch device.kind {
        case .cpu:
            return nil
        case .cuda:
            try appendCUDA(device, isExact: isExact)
            return isExact ? nil : "tf32"
        case .tensorrt:
            let settings = [("device_id", device.selector), ("trt_fp16_enable", isExact ? "0" : "1")]
            try append(settings, "TensorRT") {
                matte_ort_append_tensorrt(runtime.handle, handle, $0, $1, $2)
            }
            // For the nodes that TensorRT does not take.
            try appendCUDA(device, isExact: isExact)
            return isExact ? nil : "fp16"
        case .openvino:
            try append([("device_type", device.selector)], "OpenVINO") {
                matte_ort_append_named(runtime.handle, handle, "OpenVINO", $0, $1, $2)
            }
            return nil
        case .gpu, .npu:
            throw MatteError(.missingPart, "it is a device of OpenVINO's")
        }
    }

    private func appendCUDA(_ device: Device, isExact: Bool) throws {
        // The default search times the algorithms anew at each start, so that the same clip would give other bits; TF32
        // drops 13 bits of each factor.
        let settings = [
            ("device_id", device.selector), ("cudnn_conv_algo_search", "HEURISTIC"), ("use_tf32", isExact ? "0" : "1"),
        ]
        try append(settings, "CUDA") { matte_ort_append_cuda(runtime.handle, handle, $0, $1, $2) }
    }

    private func append(
        _ settings: [(key: String, value: String)], _ name: String,
        _ call: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>, Int) -> OpaquePointer?
    ) throws {
        let status = withCStrings(settings.map(\.key)) { keys in
            withCStrings(settings.map(\.value)) { values in call(keys, values, settings.count) }
        }
        try runtime.check(status, .missingPart, name)
    }
}
