/// Memory for a frame being written. One owner writes it; `frame(…)` freezes it.
///
/// Rows begin at multiples of 64 bytes, and 64 bytes follow the last row, so that vector code may read past a row.
public final class FrameBuffer: @unchecked Sendable {
    // Sendable: written by its one maker before `frame(…)`, only read afterwards.
    public let size: Size
    public let format: PixelFormat
    private let memory: UnsafeMutableRawPointer
    private let byteCount: Int
    private let layout: [(offset: Int, strideBytes: Int)]
    private let recycler: (@Sendable (UnsafeMutableRawPointer) -> Void)?

    static let alignment = 64

    static func byteCount(_ size: Size, _ format: PixelFormat) -> (
        total: Int, layout: [(offset: Int, strideBytes: Int)]
    ) {
        var layout: [(offset: Int, strideBytes: Int)] = []
        var total = 0
        for plane in 0..<format.planeCount {
            let (rowBytes, rows) = format.layout(ofPlane: plane, in: size)
            let stride = (rowBytes + alignment - 1) / alignment * alignment
            layout.append((total, stride))
            total += stride * rows
        }
        return (total + alignment, layout)
    }

    public convenience init(size: Size, format: PixelFormat) {
        let total = Self.byteCount(size, format).total
        let memory = UnsafeMutableRawPointer.allocate(byteCount: total, alignment: Self.alignment)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: total)
        self.init(size: size, format: format, memory: memory, recycler: nil)
    }

    init(
        size: Size, format: PixelFormat, memory: UnsafeMutableRawPointer,
        recycler: (@Sendable (UnsafeMutableRawPointer) -> Void)?
    ) {
        let (total, layout) = Self.byteCount(size, format)
        self.size = size
        self.format = format
        self.memory = memory
        self.layout = layout
        self.recycler = recycler
        byteCount = total
    }

    deinit {
        if let recycler { recycler(memory) } else { memory.deallocate() }
    }

    /// The plane's first byte and the distance between rows, valid during `body`.
    public func withMutablePlane<Result, Failure: Error>(
        _ index: Int, _ body: (_ base: UnsafeMutableRawPointer, _ strideBytes: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(memory + layout[index].offset, layout[index].strideBytes)
    }

    /// Ends writing: the frame shares this memory and keeps it.
    public func frame(
        color: ColorDescription, timestamp: Timestamp, duration: Int64 = 0, sampleAspectRatio: Rational = .unknown
    ) -> Frame {
        Frame(
            size: size, format: format, color: color, timestamp: timestamp, duration: duration,
            sampleAspectRatio: sampleAspectRatio,
            planes: layout.map { Frame.Plane(base: UnsafeRawPointer(memory + $0.offset), strideBytes: $0.strideBytes) },
            storage: self)
    }
}
