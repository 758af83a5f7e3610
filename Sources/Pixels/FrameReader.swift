public import Frames

/// Turns frames into R'G'B' floats for networks and compositing. Any thread may use it.
///
/// - Every `PixelFormat` of one or three colours is read. Grey gives three equal channels. Alpha of the input is
///   ignored: the matte decides what is seen.
/// - Matrix, range and chroma location are those of the frame; gaps are filled by `ColorDescription.resolved`.
///   Chroma is interpolated linearly between the true places of its samples, and repeated outside of the outermost.
/// - Values are clamped to 0…1, what networks are trained on: foot- and headroom of limited range are cut, and so are
///   Y'CbCr triples that no R'G'B' colour has.
public struct FrameReader: Sendable {
    private let pool: FloatPool?

    /// - Parameter pool: gives the memory of the images; without one each is allocated.
    public init(pool: FloatPool? = nil) { self.pool = pool }

    /// The frame as three channels R', G', B'.
    public func read(_ frame: Frame) -> FloatImage {
        let size = frame.size
        return FloatImage(size: size, channels: 3, pool: pool) { floats in
            guard let red = Shared(floats.baseAddress), size.pixelCount > 0 else { return }
            let rows = FrameRowReader(frame)
            // All planes live as long as the first: they share one storage.
            frame.withPlane(0) { _ in
                RowBands.run(size.height, samplesPerRow: 3 * size.width, step: rows.step) { band in
                    RowScratch.with(rows: rows.scratchRows, width: rows.scratchWidth) { scratch in
                        var reader = FrameRowReader.Band(rows, scratch: scratch)
                        for row in band {
                            let start = red + row * size.width
                            reader.read(
                                row,
                                into: ColorRow(
                                    red: start, green: start + size.pixelCount, blue: start + 2 * size.pixelCount))
                        }
                    }
                }
            }
        }
    }

    /// The frame's own alpha, one channel 0…1; nil for formats without.
    public func readAlpha(_ frame: Frame) -> FloatImage? {
        guard frame.format.hasAlpha, let component = frame.format.components.last else { return nil }
        let codes = SampleCodes(
            component: frame.format.components.count - 1, format: frame.format, color: frame.color)
        let width = frame.size.width
        return FloatImage(size: frame.size, channels: 1) { floats in
            guard let base = Shared(floats.baseAddress), frame.size.pixelCount > 0 else { return }
            frame.withPlane(component.plane) { plane in
                RowBands.run(frame.size.height, samplesPerRow: width) { rows in
                    for row in rows {
                        component.unpack(plane, row: row, codes: codes, into: base + row * width, count: width)
                    }
                }
            }
        }
    }
}
