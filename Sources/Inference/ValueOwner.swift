internal import COnnxRuntime
internal import Frames

/// Owner of an `OrtValue`. Results of a run are tensors over one, so the next run finds the value again.
final class ValueOwner {
    let handle: OpaquePointer
    private let runtime: OnnxRuntime

    init(runtime: OnnxRuntime, handle: OpaquePointer) {
        self.runtime = runtime
        self.handle = handle
    }

    deinit { matte_ort_release_value(runtime.handle, handle) }

    func belongs(to runtime: OnnxRuntime) -> Bool { self.runtime === runtime }
}

/// The memory of a value that ONNX Runtime made.
final class ValueStorage: TensorStorage {
    let owner: ValueOwner
    let floats: UnsafePointer<Float>

    init(owner: ValueOwner, floats: UnsafePointer<Float>) {
        self.owner = owner
        self.floats = floats
    }
}

extension OnnxRuntime {
    /// The tensor's own value where this library made it, else a value over the tensor's memory.
    func value(for tensor: Tensor) throws -> ValueOwner {
        if let value = tensor.storage as? ValueStorage, value.owner.belongs(to: self) { return value.owner }
        var value: OpaquePointer?
        try check(
            matte_ort_wrap_floats(
                handle, tensor.storage.floats, tensor.count, tensor.shape.map(Int64.init), tensor.shape.count, &value),
            .internal, "a tensor of shape \(tensor.shape)")
        guard let value else { throw MatteError(.internal, "ONNX Runtime gave no value for a tensor") }
        return ValueOwner(runtime: self, handle: value)
    }

    /// A result as a tensor that keeps the value.
    func tensor(_ owner: ValueOwner, name: String, modelName: String) throws -> Tensor {
        var shape = MatteOrtShape()
        let what = "output '\(name)' of '\(modelName)'"
        try check(matte_ort_value_shape(handle, owner.handle, &shape), .internal, what)
        let type = ElementType(rawValue: shape.element_type) ?? .other
        guard shape.is_tensor, type == .float32 else {
            throw MatteError(
                .badInput, "\(what) is \(type), not float32", advice: "use the fp32 file of this network")
        }
        var data: UnsafeMutableRawPointer?
        try check(matte_ort_value_data(handle, owner.handle, &data), .internal, what)
        let list = shape.list
        guard let data else {
            guard list.contains(0) else { throw MatteError(.internal, "\(what) has no memory") }
            return Tensor(shape: list, values: [])
        }
        // The library keeps its tensors as what their element type says.
        let floats = UnsafePointer(data.assumingMemoryBound(to: Float.self))
        return Tensor(shape: list, storage: ValueStorage(owner: owner, floats: floats))
    }
}

extension MatteOrtShape {
    /// The dimensions as an array; -1 stays -1.
    var list: [Int] {
        withUnsafeBytes(of: dimensions) { bytes in
            bytes.bindMemory(to: Int64.self).prefix(is_tensor ? Int(rank) : 0).map { Int($0) }
        }
    }
}
