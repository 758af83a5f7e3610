internal import CKernels
public import Frames

extension FrameReader {
    /// A small grey picture for telling shots apart: luma (or grey, or the luma of R'G'B') of each cell, averaged.
    ///
    /// - Parameter size: cells across and down; may be larger than the frame, then cells repeat pixels.
    /// - Returns: `size.pixelCount` values 0…1, row by row; empty where the frame or `size` has no pixels.
    public static func thumbnail(_ frame: Frame, size: Size) -> [Float] {
        let format = frame.format
        let width = frame.size.width
        guard size.width > 0, size.height > 0, frame.size.pixelCount > 0 else { return [] }
        let color = frame.color.resolved(for: frame.size, format: format)
        let isRGB = format.model == .rgb && format.components.count >= 3
        let codes = (0..<(isRGB ? 3 : 1)).map { SampleCodes(component: $0, format: format, color: color) }
        // R'G'B' has no matrix of its own here: the untagged rule's choice is near enough to see a cut.
        let luma = YCbCrMatrix(isRGB ? .bt709 : color.matrix).weights
        let weights = isRGB ? [luma.red, luma.green, luma.blue] : [1]

        var cells = [Float](repeating: 0, count: size.pixelCount)
        cells.withUnsafeMutableBufferPointer { cells in
            let cells = SharedFloats(cells)
            frame.withPlane(0) { _ in
                RowBands.run(size.height, samplesPerRow: frame.size.pixelCount / size.height) { cellRows in
                    RowScratch.with(rows: 2, width: width) { scratch in
                        for cellRow in cellRows {
                            let rows = Self.span(of: cellRow, among: size.height, covering: frame.size.height)
                            scratch[1].update(repeating: 0, count: width)
                            for row in rows {
                                for (index, code) in codes.enumerated() {
                                    let component = format.components[index]
                                    component.unpack(
                                        frame.planes[component.plane], row: row, codes: code, into: scratch[0],
                                        count: width)
                                    matte_accumulate(scratch[0], weights[index], scratch[1], width)
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
        return cells
    }

    /// The pixels of one axis that fall into a cell: at least one.
    private static func span(of cell: Int, among cells: Int, covering pixels: Int) -> Range<Int> {
        let first = min(cell * pixels / cells, pixels - 1)
        return first..<max((cell + 1) * pixels / cells, first + 1)
    }
}

/// Floats that several bands write, each its own rows.
struct SharedFloats {
    private let floats: UnsafeMutableBufferPointer<Float>
    init(_ floats: UnsafeMutableBufferPointer<Float>) { self.floats = floats }
    subscript(index: Int) -> Float {
        get { floats[index] }
        nonmutating set { floats[index] = newValue }
    }
}
