/// Memory for a frame being written. One owner writes it; `frame(…)` freezes it, until a pool that the buffer is from sees
/// that no frame is left on it.
///
/// Rows begin at multiples of 64 bytes, and 64 bytes follow the last row, so that vector code may read past a row.
public final class FrameBuffer: @unchecked Sendable {
    // Sendable: written by its one maker before `frame(…)`, only read afterwards.
    public let size: Size
    public let format: PixelFormat
    private let memory: UnsafeMutableRawPointer
    private let planes: [Frame.Plane]

    static let alignment = 64

    /// Cleared memory.
    public convenience init(size: Size, format: PixelFormat) {
        self.init(undefined: size, format: format)
        for (plane, layout) in planes.indices.map({ ($0, format.layout(ofPlane: $0, in: size)) }) {
            withMutablePlane(plane) { base, strideBytes in
                _ = base.initializeMemory(as: UInt8.self, repeating: 0, count: strideBytes * layout.rows)
            }
        }
    }

    init(undefined size: Size, format: PixelFormat) {
        var layout: [(offset: Int, strideBytes: Int)] = []
        var byteCount = 0
        for plane in 0..<format.planeCount {
            let (rowBytes, rows) = format.layout(ofPlane: plane, in: size)
            let stride = (rowBytes + Self.alignment - 1) / Self.alignment * Self.alignment
            layout.append((byteCount, stride))
            byteCount += stride * rows
        }
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: byteCount + Self.alignment, alignment: Self.alignment)
        self.size = size
        self.format = format
        self.memory = memory
        planes = layout.map { Frame.Plane(base: UnsafeRawPointer(memory + $0.offset), strideBytes: $0.strideBytes) }
    }

    deinit { memory.deallocate() }

    /// The plane's first byte and the distance between rows, valid during `body`.
    public func withMutablePlane<Result, Failure: Error>(
        _ index: Int, _ body: (_ base: UnsafeMutableRawPointer, _ strideBytes: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(UnsafeMutableRawPointer(mutating: planes[index].base), planes[index].strideBytes)
    }

    /// Ends writing: the frame shares this memory and keeps it.
    public func frame(
        color: ColorDescription, timestamp: Timestamp, duration: Int64 = 0, sampleAspectRatio: Rational = .unknown
    ) -> Frame {
        Frame(
            size: size, format: format, color: color, timestamp: timestamp, duration: duration,
            sampleAspectRatio: sampleAspectRatio, planes: planes, storage: self)
    }
}
