internal import Frames

/// The memory behind a `Tensor`, kept as long as it lives. An engine that finds storage of its own in a tensor uses the
/// value it already is; any other it reads where it lies.
protocol TensorStorage: AnyObject {
    var floats: UnsafePointer<Float> { get }
}

/// Memory that an object of another module keeps alive and unchanged: a picture's, for one.
final class BorrowedStorage: TensorStorage {
    let floats: UnsafePointer<Float>
    private let owner: Any

    init(_ floats: UnsafePointer<Float>, owner: Any) {
        self.floats = floats
        self.owner = owner
    }
}

/// Memory of its own.
final class AllocatedStorage: TensorStorage {
    private let memory: UnsafeMutablePointer<Float>

    var floats: UnsafePointer<Float> { UnsafePointer(memory) }

    /// - Parameter values: `count` of them, or one for all.
    init(count: Int, values: [Float]) {
        memory = .allocate(capacity: max(count, 1))
        if values.count == count {
            memory.initialize(from: values, count: count)
        } else if let value = values.first {
            memory.initialize(repeating: value, count: count)
        }
    }

    deinit { memory.deallocate() }
}
