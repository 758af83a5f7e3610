internal import COnnxRuntime
internal import Frames

/// A network loaded by ONNX Runtime.
final class OnnxRuntimeSession: InferenceSession {
    let inputs: [TensorDescription]
    let outputs: [TensorDescription]
    let engineName: String
    let deviceName: String
    private let modelName: String
    private let runtime: OnnxRuntime
    private let owner: SessionOwner

    init(runtime: OnnxRuntime, model: ModelSource, options: SessionOptions, deviceName: String) throws {
        var handle: OpaquePointer?
        let status =
            switch model {
            case .file(let path): matte_ort_create_session(runtime.handle, path, options.handle, &handle)
            case .bytes(let bytes, _):
                matte_ort_create_session_from_bytes(
                    runtime.handle, bytes.baseAddress, bytes.count, options.handle, &handle)
            case .shared(let model):
                try model.read().withUnsafeBytes { bytes in
                    matte_ort_create_session_from_bytes(
                        runtime.handle, bytes.baseAddress, bytes.count, options.handle, &handle)
                }
            }
        try runtime.check(status, .badInput, "'\(model.name)' cannot be loaded as a network")
        guard let handle else { throw MatteError(.internal, "ONNX Runtime gave no session for '\(model.name)'") }
        owner = SessionOwner(runtime: runtime, handle: handle)
        self.runtime = runtime
        self.deviceName = deviceName
        engineName = "\(OnnxRuntimeEngine.name) \(runtime.version)"
        modelName = model.name
        inputs = try Self.ports(runtime, handle, outputs: false)
        outputs = try Self.ports(runtime, handle, outputs: true)
    }

    func run(inputs: [(name: String, tensor: Tensor)], outputs: [String]) throws -> [Tensor] {
        let values = try inputs.map { try runtime.value(for: $0.tensor) }
        let handles: [OpaquePointer?] = values.map(\.handle)
        var results = [OpaquePointer?](repeating: nil, count: outputs.count)
        let status = withCStrings(inputs.map(\.name)) { inputNames in
            withCStrings(outputs) { outputNames in
                matte_ort_run(
                    runtime.handle, owner.handle, inputNames, handles, handles.count, outputNames, outputs.count,
                    &results)
            }
        }
        // Values made over a tensor's memory must live through the run, and so must the tensors.
        withExtendedLifetime((values, inputs)) {}
        let owners = results.map { $0.map { ValueOwner(runtime: runtime, handle: $0) } }
        try runtime.check(status, .internal, "'\(modelName)' failed on \(deviceName)")
        return try zip(outputs, owners).map { name, owner in
            guard let owner else { throw MatteError(.internal, "'\(modelName)' gave no output '\(name)'") }
            return try runtime.tensor(owner, name: name, modelName: modelName)
        }
    }

    private static func ports(
        _ runtime: OnnxRuntime, _ session: OpaquePointer, outputs: Bool
    ) throws -> [TensorDescription] {
        var count = 0
        try runtime.check(
            matte_ort_port_count(runtime.handle, session, outputs, &count), .internal, "ONNX Runtime's session")
        return try (0..<count).map { index in
            var name: UnsafeMutablePointer<CChar>?
            var shape = MatteOrtShape()
            try runtime.check(
                matte_ort_port(runtime.handle, session, outputs, index, &name, &shape), .internal,
                "ONNX Runtime's session")
            defer { matte_ort_free_name(runtime.handle, name) }
            return TensorDescription(
                name: name.map { String(cString: $0) } ?? "",
                elementType: shape.is_tensor ? ElementType(rawValue: shape.element_type) ?? .other : .other,
                shape: shape.list.map { $0 < 0 ? nil : $0 })
        }
    }
}

/// Owner of an `OrtSession`.
private final class SessionOwner {
    let handle: OpaquePointer
    private let runtime: OnnxRuntime

    init(runtime: OnnxRuntime, handle: OpaquePointer) {
        self.runtime = runtime
        self.handle = handle
    }

    deinit { matte_ort_release_session(runtime.handle, handle) }
}
