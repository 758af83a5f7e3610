internal import COpenVINO
internal import Frames

/// A network as its file has it, not yet fitted to sizes of inputs: owner of an `ov_model_t`.
final class OpenVINONetwork {
    let handle: OpaquePointer
    let library: OpenVINO
    let name: String
    let inputs: [TensorDescription]
    let outputs: [TensorDescription]

    init(library: OpenVINO, model: ModelSource) throws {
        var handle: OpaquePointer?
        if case .bytes(let bytes, _) = model, bytes.isEmpty {
            throw MatteError(.badInput, "'\(model.name)' cannot be loaded as a network: it is empty")
        }
        let status =
            switch model {
            case .file(let path): matte_ov_read_model_file(library.handle, path, &handle)
            case .bytes(let bytes, _):
                matte_ov_read_model(library.handle, bytes.baseAddress, bytes.count, &handle)
            case .shared(let model):
                try model.read().withUnsafeBytes { bytes in
                    matte_ov_read_model(library.handle, bytes.baseAddress, bytes.count, &handle)
                }
            }
        try library.check(status, .badInput, "'\(model.name)' cannot be loaded as a network")
        guard let handle else { throw MatteError(.internal, "OpenVINO gave no network for '\(model.name)'") }
        self.handle = handle
        self.library = library
        name = model.name
        do {
            inputs = try Self.ports(library, handle, outputs: false)
            outputs = try Self.ports(library, handle, outputs: true)
        } catch {
            // Not every property is set yet, so that deinit will not run.
            matte_ov_release_model(library.handle, handle)
            throw error
        }
    }

    deinit { matte_ov_release_model(library.handle, handle) }

    /// Gives every input a shape, in the order of `inputs`; the shapes of the outputs follow.
    func reshape(_ shapes: [[Int?]]) throws {
        let sizes = shapes.map { "[" + $0.map { $0.map(String.init) ?? "?" }.joined(separator: ", ") + "]" }
        do {
            try library.check(
                matte_ov_reshape(library.handle, handle, shapes.map { MatteOvShape($0) }, shapes.count), .badInput,
                "'\(name)' does not take inputs of \(sizes.joined(separator: ", "))")
        } catch let error as MatteError {
            throw MatteError(error.kind, error.message, advice: "try `--engine \(OnnxRuntimeEngine.name)`")
        }
    }

    /// The shapes of the outputs as they follow from those last given to the inputs.
    func currentOutputShapes() throws -> [[Int?]] { try Self.ports(library, handle, outputs: true).map(\.shape) }

    private static func ports(
        _ library: OpenVINO, _ model: OpaquePointer, outputs: Bool
    ) throws -> [TensorDescription] {
        var count = 0
        try library.check(
            matte_ov_port_count(library.handle, model, outputs, &count), .internal, "OpenVINO's network")
        return try (0..<count).map { index in
            var shape = MatteOvShape()
            var status: Int32 = 0
            let name = written(capacity: 512) {
                status = matte_ov_port(library.handle, model, outputs, index, $0, $1, &shape)
            }
            try library.check(status, .internal, "OpenVINO's network")
            return TensorDescription(
                name: name, elementType: ElementType(rawValue: shape.element_type) ?? .other, shape: shape.list)
        }
    }
}
