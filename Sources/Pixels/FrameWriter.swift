public import Frames

/// Turns R'G'B' floats into frames of one format. Any thread may use it.
///
/// - Values are clamped to 0…1 and rounded half up. Alpha uses every code whatever the colour range is: 0 becomes 0
///   and 1 the highest code, exactly.
/// - Chroma is filtered down to the true places of its samples, by the filters that undo `FrameReader`'s
///   interpolation, so that pixels which nobody touched keep their codes.
/// - Formats whose samples share bytes (RGB 5:6:5) are not written.
public struct FrameWriter: Sendable {
    public let format: PixelFormat
    /// Complete: what the frames are tagged with.
    public let color: ColorDescription
    private let pool: FramePool

    /// - Parameters:
    ///   - pool: gives the buffers, and with them size and format of the frames.
    ///   - color: matrix, range and siting to write; gaps are filled by `ColorDescription.resolved`.
    public init(pool: FramePool, color: ColorDescription) {
        self.pool = pool
        self.format = pool.format
        self.color = color.resolved(for: pool.size, format: pool.format)
    }

    /// Writes a picture of three channels R'G'B', or of one (grey: neutral chroma, no matrix).
    ///
    /// - Parameters:
    ///   - picture: of the pool's size.
    ///   - alpha: one channel of the same size; without it a format with alpha is opaque. Formats without alpha
    ///     ignore it.
    /// - Throws: `MatteError(.internal)` where sizes or channels do not fit.
    public func write(
        _ picture: FloatImage, alpha: FloatImage? = nil, timestamp: Timestamp, duration: Int64 = 0,
        sampleAspectRatio: Rational = .unknown
    ) throws -> Frame {
        guard picture.size == pool.size, alpha.map({ $0.size == pool.size && $0.channels == 1 }) ?? true,
            picture.channels == 1 || picture.channels == 3
        else {
            throw MatteError(
                .internal, "a picture of \(picture.size) with \(picture.channels) channels does not fit \(pool.size)")
        }
        let buffer = makeBuffer()
        let rows = FrameRowWriter(buffer, color: color, isGray: picture.channels == 1)
        let source = PictureRows(picture, alpha: alpha)
        withExtendedLifetime((picture, alpha)) {
            RowBands.run(buffer.size.height, samplesPerRow: 3 * buffer.size.width, step: rows.step) { band in
                RowScratch.with(rows: rows.scratchRows, width: rows.scratchWidth) { scratch in
                    rows.write(band, scratch: scratch, from: source)
                }
            }
        }
        return buffer.frame(
            color: color, timestamp: timestamp, duration: duration, sampleAspectRatio: sampleAspectRatio)
    }

    var size: Size { pool.size }

    func makeBuffer() -> FrameBuffer { pool.makeBuffer() }
}

/// Rows of floats that lie in memory. The pictures must be kept alive around it.
private struct PictureRows: RowSource, Sendable {
    private let colors: Shared<UnsafePointer<Float>>
    private let alpha: Shared<UnsafePointer<Float>>?
    private let width: Int
    /// Floats from one channel to the next; 0 for grey.
    private let planeStride: Int

    init(_ picture: FloatImage, alpha: FloatImage?) {
        colors = Shared(picture.unsafeBase)
        self.alpha = alpha.map { Shared($0.unsafeBase) }
        width = picture.size.width
        planeStride = picture.channels == 1 ? 0 : picture.size.pixelCount
    }

    func row(_ index: Int) -> FrameRowWriter.Source {
        let red = colors + index * width
        return FrameRowWriter.Source(
            red: red, green: red + planeStride, blue: red + 2 * planeStride, alpha: alpha.map { $0 + index * width })
    }
}
