public import Frames

/// The codes of a frame in which a matte's alpha is 0 everywhere: the background and nothing else. Most of most frames
/// look like that, and are copied from here instead of being rendered to the same codes.
public struct BareBackground: Sendable {
    /// As wide as the pictures; only a few rows high where all of them are alike.
    private let frame: Frame
    private let content: AffineContent

    /// Rows of a frame whose rows are all alike, a multiple of every format's chroma step.
    private static let rowsAlike = 4
    /// It is never shown by itself.
    private static let never = Timestamp(ticks: 0, timeBase: Rational(1, 1))

    /// - Parameters:
    ///   - content: a picture must have the writer's size.
    ///   - writer: makes the frames that this is for.
    /// - Throws: `MatteError(.internal)` where the picture's size is another.
    public init(_ content: AffineContent, writer: FrameWriter) throws {
        self.content = content
        if case .overPicture(let picture) = content {
            frame = try writer.write(picture, timestamp: Self.never)
            return
        }
        let size = Size(width: writer.size.width, height: Self.rowsAlike)
        var color = SIMD3<Float>.zero
        if case .over(let behind) = content { color = behind }
        let picture = FloatImage(size: size, channels: content.isAlpha ? 1 : 3) { floats in
            for index in floats.indices { floats[index] = color[index / size.pixelCount] }
        }
        let alpha = content.hasAlpha ? FloatImage.filled(0, size: size, channels: 1) : nil
        frame = try FrameWriter(pool: FramePool(size: size, format: writer.format), color: writer.color)
            .write(picture, alpha: alpha, timestamp: Self.never)
    }

    /// Whether it shows what `other` does; of pictures, the same one.
    public func shows(_ other: AffineContent) -> Bool {
        switch (content, other) {
        case (.alpha, .alpha), (.premultiplied, .premultiplied), (.straight, .straight): true
        case (.over(let one), .over(let two)): one == two
        case (.overPicture(let one), .overPicture(let two)): one.isSame(as: two)
        default: false
        }
    }

    /// Copies rows of all planes, and the chroma rows that belong to them.
    ///
    /// - Parameters:
    ///   - rows: begins at a multiple of the chroma step, and ends at one or at the end of the picture.
    ///   - columns: likewise.
    ///   - buffer: of the writer's format and size.
    func copy(_ rows: Range<Int>, _ columns: Range<Int>, into buffer: FrameBuffer) {
        let format = buffer.format
        let isHigh = frame.size.height == buffer.size.height
        for plane in 0..<format.planeCount {
            func extent(_ column: Int, _ row: Int) -> (rowBytes: Int, rows: Int) {
                format.layout(ofPlane: plane, in: Size(width: column, height: row))
            }
            let (from, to) = (
                extent(columns.lowerBound, rows.lowerBound), extent(columns.upperBound, rows.upperBound)
            )
            frame.withPlane(plane) { source in
                buffer.withMutablePlane(plane) { base, strideBytes in
                    for row in from.rows..<to.rows {
                        (base + row * strideBytes + from.rowBytes).copyMemory(
                            from: source.base + (isHigh ? row : 0) * source.strideBytes + from.rowBytes,
                            byteCount: to.rowBytes - from.rowBytes)
                    }
                }
            }
        }
    }
}
