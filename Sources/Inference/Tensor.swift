public import Frames

/// Float32 numbers with a shape, in memory that somebody keeps alive: an engine's own value, a `FloatImage`, or an
/// allocation of this tensor's.
///
/// Never written after it is made. A result of one run can be put into the next: the memory is used where it lies,
/// nothing is copied. Not bound to a thread, though a session takes tensors only on its own.
public final class Tensor {
    /// Dimensions from the outermost to the innermost; pictures are [1, channels, height, width].
    public let shape: [Int]
    let storage: any TensorStorage

    init(shape: [Int], storage: any TensorStorage) {
        self.shape = shape
        self.storage = storage
    }

    /// Wraps memory of as many floats as `shape` has elements; `owner` keeps it alive and unchanged.
    public convenience init(shape: [Int], base: UnsafePointer<Float>, owner: AnyObject) {
        self.init(shape: shape, storage: BorrowedStorage(base, owner: owner))
    }

    /// A tensor with its own memory.
    ///
    /// - Parameter values: as many as `shape` has elements; a single one fills it.
    public convenience init(shape: [Int], values: [Float]) {
        let count = shape.reduce(1, *)
        precondition(values.count == count || values.count == 1, "a tensor needs one value for each element")
        self.init(shape: shape, storage: AllocatedStorage(count: count, values: values))
    }

    /// The picture as [1, channels, height, width], without a copy.
    public convenience init(_ image: FloatImage) {
        self.init(
            shape: [1, image.channels, image.size.height, image.size.width],
            storage: BorrowedStorage(image.unsafeBase, owner: image))
    }

    public var count: Int { shape.reduce(1, *) }

    /// All floats, the innermost dimension running fastest, valid during `body`.
    public func withFloats<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(UnsafeBufferPointer(start: storage.floats, count: count))
    }
}

extension FloatImage {
    /// A tensor of shape [1, channels, height, width] as a picture, without a copy; nil for any other shape.
    public init?(_ tensor: Tensor) {
        guard tensor.shape.count == 4, tensor.shape[0] == 1 else { return nil }
        self.init(
            size: Size(width: tensor.shape[3], height: tensor.shape[2]), channels: tensor.shape[1],
            base: tensor.storage.floats, owner: tensor)
    }
}

extension FloatImage {
    /// One channel of a result as a picture, without a copy. Networks write it as [1, channels, height, width], and some
    /// that have one channel as [1, height, width], [height, width] or [1, height, width, 1].
    ///
    /// - Returns: nil for any other shape, or where there is no such channel.
    public init?(_ tensor: Tensor, channel: Int) {
        var shape = tensor.shape
        if shape.count == 4, shape[3] == 1, shape[1] > 1, shape[2] > 1 { shape.removeLast() }
        while shape.count > 3, shape[0] == 1 { shape.removeFirst() }
        if shape.count == 2 { shape.insert(1, at: 0) }
        guard shape.count == 3, channel >= 0, channel < shape[0], shape[1] > 0, shape[2] > 0 else { return nil }
        let size = Size(width: shape[2], height: shape[1])
        self.init(
            size: size, channels: 1, base: tensor.storage.floats + channel * size.pixelCount, owner: tensor)
    }
}
