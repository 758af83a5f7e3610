/// How the samples of a picture lie in memory. The name is FFmpeg's ("yuv420p10le").
///
/// Every format with whole-byte steps, native byte order and integer samples of at most 16 bits can be described;
/// what cannot (palettes, bit streams, floats, hardware surfaces) is converted by FFmpeg before it becomes a `Frame`.
public struct PixelFormat: Sendable, Hashable, CustomStringConvertible {
    public enum Model: Sendable { case yuv, rgb, gray }

    /// One sample kind: Y, Cb, Cr or R, G, B (in that order), then alpha.
    public struct Component: Sendable, Hashable {
        /// Index of the plane.
        public let plane: Int
        /// Bytes from one sample to the next of the same kind.
        public let stepBytes: Int
        /// Bytes before the first sample of a row.
        public let offsetBytes: Int
        /// Low bits to drop after reading the 8- or 16-bit word (P010 keeps its 10 bits on top: 6).
        public let shift: Int
        /// Bits that count, 1…16. Words of more than 8 bits are 16-bit little-endian.
        public let depth: Int

        public init(plane: Int, stepBytes: Int, offsetBytes: Int, shift: Int, depth: Int) {
            self.plane = plane
            self.stepBytes = stepBytes
            self.offsetBytes = offsetBytes
            self.shift = shift
            self.depth = depth
        }
    }

    public let name: String
    public let model: Model
    /// Colour components first (1 for grey, else 3), then alpha if `hasAlpha`.
    public let components: [Component]
    public let hasAlpha: Bool
    /// Chroma planes are `ceil(width / 2^n)` wide.
    public let log2ChromaWidth: Int
    /// Chroma planes are `ceil(height / 2^n)` high.
    public let log2ChromaHeight: Int

    public init(
        name: String, model: Model, components: [Component], hasAlpha: Bool, log2ChromaWidth: Int = 0,
        log2ChromaHeight: Int = 0
    ) {
        self.name = name
        self.model = model
        self.components = components
        self.hasAlpha = hasAlpha
        self.log2ChromaWidth = log2ChromaWidth
        self.log2ChromaHeight = log2ChromaHeight
    }

    /// Bits of a colour sample.
    public var depth: Int { components.first?.depth ?? 8 }
    public var planeCount: Int { (components.map(\.plane).max() ?? 0) + 1 }
    /// FFmpeg's deprecated "yuvj…" formats say by their name that they are whole-range.
    public var isFullRangeByName: Bool { name.hasPrefix("yuvj") }
    public var description: String { name }

    /// Size in samples of the plane that holds `component`.
    public func size(ofComponent component: Int, in size: Size) -> Size {
        guard model == .yuv, component == 1 || component == 2 else { return size }
        return Size(
            width: (size.width + (1 << log2ChromaWidth) - 1) >> log2ChromaWidth,
            height: (size.height + (1 << log2ChromaHeight) - 1) >> log2ChromaHeight)
    }

    /// Bytes of one row of `plane`, without padding, and the number of its rows.
    public func layout(ofPlane plane: Int, in size: Size) -> (rowBytes: Int, rows: Int) {
        var rowBytes = 0
        var rows = 0
        for (index, component) in components.enumerated() where component.plane == plane {
            let samples = self.size(ofComponent: index, in: size)
            rowBytes = max(rowBytes, samples.width * component.stepBytes)
            rows = max(rows, samples.height)
        }
        return (rowBytes, rows)
    }
}
