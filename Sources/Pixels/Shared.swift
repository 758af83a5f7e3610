/// A pointer that the bands of one `RowBands.run` share.
struct Shared<Pointer: Strideable>: @unchecked Sendable {
    // Sendable: bands only read what they share, or write each its own rows; nobody else has the memory meanwhile.
    private let pointer: Pointer

    init(_ pointer: Pointer) { self.pointer = pointer }

    /// - Parameter pointer: nil for memory without elements.
    init?(_ pointer: Pointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    static func + (shared: Shared, offset: Pointer.Stride) -> Pointer { shared.pointer.advanced(by: offset) }
}

extension Shared where Pointer == UnsafeMutablePointer<Float> {
    subscript(index: Int) -> Float {
        get { (self + index).pointee }
        nonmutating set { (self + index).pointee = newValue }
    }
}

extension Shared where Pointer == UnsafePointer<Float> {
    subscript(index: Int) -> Float { (self + index).pointee }
}
