internal import COpenVINO
internal import Frames

/// An OpenVINO tensor over memory that this object keeps. What one run wrote into it, the next may read from it.
final class OpenVINOTensor: TensorStorage {
    let handle: OpaquePointer
    let floats: UnsafePointer<Float>
    private let library: OpenVINO
    private let owner: Any

    init(library: OpenVINO, shape: [Int], floats: UnsafePointer<Float>, owner: Any) throws {
        var handle: OpaquePointer?
        // OpenVINO writes to tensors that are bound as outputs only, and those are `result`'s.
        try library.check(
            matte_ov_wrap_floats(
                library.handle, UnsafeMutablePointer(mutating: floats), shape.map(Int64.init), shape.count, &handle),
            .internal, "a tensor of shape \(shape)")
        guard let handle else { throw MatteError(.internal, "OpenVINO gave no tensor") }
        self.handle = handle
        self.library = library
        self.floats = floats
        self.owner = owner
    }

    deinit { matte_ov_release_tensor(library.handle, handle) }

    /// The tensor's own value where this library has one, else a value over the tensor's memory.
    static func value(for tensor: Tensor, library: OpenVINO) throws -> OpenVINOTensor {
        if let value = tensor.storage as? OpenVINOTensor, value.library === library { return value }
        return try OpenVINOTensor(library: library, shape: tensor.shape, floats: tensor.storage.floats, owner: tensor)
    }

    /// A tensor to be written by a run, in memory from `pool`: two or three of them alternate.
    ///
    /// - Parameter fill: writes the floats, unless the run will.
    static func result(
        library: OpenVINO, shape: [Int], pool: FloatPool, fill: (UnsafeMutablePointer<Float>) -> Void = { _ in }
    ) throws -> OpenVINOTensor {
        let image = FloatImage(size: Size(width: shape.reduce(1, *), height: 1), channels: 1, pool: pool) { floats in
            if let base = floats.baseAddress { fill(base) }
        }
        return try OpenVINOTensor(library: library, shape: shape, floats: image.unsafeBase, owner: image)
    }
}
