internal import CKernels
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
        let buffer = pool.makeBuffer()
        if picture.size.pixelCount > 0 {
            picture.withFloats { floats in
                guard let base = floats.baseAddress else { return }
                let channels = (0..<3).map { base + min($0, picture.channels - 1) * picture.size.pixelCount }
                if format.model == .yuv && format.components.count >= 3 {
                    writeYCbCr(channels, isGray: picture.channels == 1, to: buffer)
                } else {
                    writeDirect(channels, isGray: picture.channels == 1, to: buffer)
                }
            }
            writeAlpha(alpha, to: buffer)
        }
        return buffer.frame(
            color: color, timestamp: timestamp, duration: duration, sampleAspectRatio: sampleAspectRatio)
    }

    private func writeAlpha(_ alpha: FloatImage?, to buffer: FrameBuffer) {
        guard format.hasAlpha, let component = format.components.last else { return }
        let width = buffer.size.width
        let codes = SampleCodes(component: format.components.count - 1, format: format, color: color)
        let alpha = alpha ?? .filled(1, size: Size(width: width, height: 1), channels: 1)
        let distance = alpha.size == buffer.size ? width : 0
        alpha.withFloats { floats in
            guard let base = floats.baseAddress else { return }
            buffer.withMutablePlane(component.plane) { target, stride in
                RowBands.run(buffer.size.height, samplesPerRow: width) { rows in
                    for row in rows {
                        component.pack(
                            base + row * distance, codes: codes, to: target, strideBytes: stride, row: row,
                            count: width)
                    }
                }
            }
        }
    }

    /// R, G and B, or grey: the luma of BT.709 or BT.601 where the picture has colour.
    private func writeDirect(_ channels: [UnsafePointer<Float>], isGray: Bool, to buffer: FrameBuffer) {
        let width = buffer.size.width
        let isRGB = format.model == .rgb && format.components.count >= 3
        let needsLuma = !isRGB && !isGray
        let matrix = YCbCrMatrix(color.matrix)
        let planes = MutablePlanes(buffer)
        let codes = (0..<(isRGB ? 3 : 1)).map { SampleCodes(component: $0, format: format, color: color) }
        RowBands.run(buffer.size.height, samplesPerRow: 3 * width) { rows in
            RowScratch.with(rows: 3, width: needsLuma ? width : 0) { scratch in
                for row in rows {
                    let start = row * width
                    if needsLuma {
                        matte_rgb_to_ycc(
                            channels[0] + start, channels[1] + start, channels[2] + start, matrix.fromRGB, scratch[0],
                            scratch[1], scratch[2], width)
                    }
                    for (index, code) in codes.enumerated() {
                        let component = format.components[index]
                        let plane = planes[component.plane]
                        component.pack(
                            needsLuma ? UnsafePointer(scratch[0]) : channels[index] + start, codes: code,
                            to: plane.base, strideBytes: plane.strideBytes, row: row, count: width)
                    }
                }
            }
        }
    }

    private func writeYCbCr(_ channels: [UnsafePointer<Float>], isGray: Bool, to buffer: FrameBuffer) {
        let rows = ChromaRowWriter(
            channels: channels, isGray: isGray, format: format, color: color, size: buffer.size,
            planes: MutablePlanes(buffer))
        RowBands.run(
            buffer.size.height, samplesPerRow: 3 * buffer.size.width, step: rows.down.factor, rows.write)
    }
}

/// The planes of a buffer while its one maker writes it, from several bands.
struct MutablePlanes {
    private let buffer: FrameBuffer
    private let planes: [(base: UnsafeMutableRawPointer, strideBytes: Int)]

    init(_ buffer: FrameBuffer) {
        self.buffer = buffer
        planes = (0..<buffer.format.planeCount).map { buffer.withMutablePlane($0) { ($0, $1) } }
    }

    subscript(plane: Int) -> (base: UnsafeMutableRawPointer, strideBytes: Int) { planes[plane] }
}
