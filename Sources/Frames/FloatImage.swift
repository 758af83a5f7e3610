/// A picture as networks and the compositor see it: `channels` planes of 32-bit floats, one after the other, rows
/// without padding (the layout [1, channels, height, width] of ONNX). Immutable once made, so it may cross threads.
///
/// Colour is non-linear R'G'B' in that order, 0 black to 1 white (values a little outside are legal); alpha is 0…1.
public struct FloatImage: @unchecked Sendable {
    // Sendable: nobody writes `base` after the image is made; `owner` keeps the memory.
    public let size: Size
    public let channels: Int
    private let base: UnsafePointer<Float>
    private let owner: AnyObject

    /// Wraps memory of `channels × height × width` floats that `owner` keeps alive and nobody changes.
    public init(size: Size, channels: Int, base: UnsafePointer<Float>, owner: AnyObject) {
        self.size = size
        self.channels = channels
        self.base = base
        self.owner = owner
    }

    /// Makes an image that `fill` writes; the memory comes from `pool`, or is allocated without one. `fill` must
    /// write every float.
    public init<Failure: Error>(
        size: Size, channels: Int, pool: FloatPool? = nil,
        fill: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        let count = size.pixelCount * channels
        let memory = pool?.memory(count: count) ?? FloatMemory(count: count)
        try fill(UnsafeMutableBufferPointer(start: memory.pointer, count: count))
        self.init(size: size, channels: channels, base: UnsafePointer(memory.pointer), owner: memory)
    }

    /// All floats, channel after channel, valid during `body`.
    public func withFloats<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(owner) {} }
        return try body(UnsafeBufferPointer(start: base, count: size.pixelCount * channels))
    }

    /// The floats of one channel, valid during `body`.
    public func withChannel<Result, Failure: Error>(
        _ channel: Int, _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(channel >= 0 && channel < channels, "channel out of range")
        defer { withExtendedLifetime(owner) {} }
        return try body(UnsafeBufferPointer(start: base + channel * size.pixelCount, count: size.pixelCount))
    }

    /// The memory itself, for handing to a C library that reads it while the image is kept alive by the caller.
    public var unsafeBase: UnsafePointer<Float> { base }

    /// Whether both are one image in one place; images that are equal elsewhere are not looked at.
    public func isSame(as other: FloatImage) -> Bool {
        base == other.base && size == other.size && channels == other.channels
    }
}
