internal import CKernels
public import Frames

extension FrameReader {
    /// A small grey picture for telling shots apart: luma (or grey, or the luma of R'G'B') of each cell, averaged.
    ///
    /// - Parameters:
    ///   - size: cells across and down; may be larger than the frame, then cells repeat pixels.
    ///   - pool: gives the memory of the picture.
    /// - Returns: one channel, 0…1; of no pixels where the frame or `size` has none.
    public static func thumbnail(_ frame: Frame, size: Size, pool: FloatPool? = nil) -> FloatImage {
        let width = frame.size.width
        guard size.width > 0, size.height > 0, frame.size.pixelCount > 0 else {
            return FloatImage(size: Size(width: 0, height: 0), channels: 1) { _ in }
        }
        let reader = FrameRowReader(frame)
        // R'G'B' has no matrix of its own here: the untagged rule's choice is near enough to see a cut.
        let weights = luma
        let isRGB = frame.format.model == .rgb && frame.format.components.count >= 3
        return FloatImage(size: size, channels: 1, pool: pool) { cells in
            guard let cells = Shared(cells.baseAddress) else { return }
            frame.withPlane(0) { _ in
                RowBands.run(size.height, samplesPerRow: frame.size.pixelCount / size.height) { cellRows in
                    RowScratch.with(rows: 2, width: width) { scratch in
                        for cellRow in cellRows {
                            let rows = Self.span(of: cellRow, among: size.height, covering: frame.size.height)
                            scratch[1].update(repeating: 0, count: width)
                            for row in rows {
                                for component in 0..<(isRGB ? 3 : 1) {
                                    reader.unpack(component, row: row, 0..<width, into: scratch[0])
                                    matte_accumulate(scratch[0], isRGB ? weights[component] : 1, scratch[1], width)
                                }
                            }
                            for cell in 0..<size.width {
                                let columns = Self.span(of: cell, among: size.width, covering: width)
                                var sum: Float = 0
                                for column in columns { sum += scratch[1][column] }
                                let mean = sum / Float(columns.count * rows.count)
                                cells[cellRow * size.width + cell] = min(max(mean, 0), 1)
                            }
                        }
                    }
                }
            }
        }
    }

    private static let luma: SIMD3<Float> = {
        let weights = YCbCrMatrix(.bt709).weights
        return SIMD3(weights.red, weights.green, weights.blue)
    }()

    /// The pixels of one axis that fall into a cell: at least one.
    private static func span(of cell: Int, among cells: Int, covering pixels: Int) -> Range<Int> {
        let first = min(cell * pixels / cells, pixels - 1)
        return first..<max((cell + 1) * pixels / cells, first + 1)
    }
}
