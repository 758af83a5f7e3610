internal import CKernels
internal import Frames

/// Writes rows of R'G'B' (or grey) into a buffer of any format: what `FrameWriter` and the renderer have in common.
///
/// It asks for the rows it needs: those of the band, and for subsampled chroma a few above and below, the same ones
/// whichever way the picture is cut into bands. So chroma does not depend on the bands.
struct FrameRowWriter {
    /// One row of the picture, from the first column of the tile's reach.
    struct Source {
        /// Equal pointers for grey.
        let red: UnsafePointer<Float>
        let green: UnsafePointer<Float>
        let blue: UnsafePointer<Float>
        /// Nil is opaque.
        let alpha: UnsafePointer<Float>?
    }

    private let layout: RowLayout
    private let buffer: FrameBuffer
    private let isGray: Bool

    /// Bands begin at multiples of it.
    var step: Int { layout.isYCbCr ? layout.down.factor : 1 }

    /// Rows above and below a row that its chroma may be made of.
    var reach: Int { layout.isYCbCr && !isGray ? layout.down.taps.count : 0 }

    /// - Parameters:
    ///   - buffer: written only by this, from several bands.
    ///   - color: complete.
    ///   - isGray: all rows are grey: neutral chroma, no matrix.
    init(_ buffer: FrameBuffer, color: ColorDescription, isGray: Bool) {
        layout = .of(buffer.size, buffer.format, color)
        self.buffer = buffer
        self.isGray = isGray
    }

    // Scratch rows: luma, Cb and Cr of one row at full width, a chroma row's sums, the constant rows of grey's chroma
    // and of no alpha, and as many rows of chroma filtered along the row as a chroma row is made of.
    private enum Slot {
        static let luma = 0
        static let chroma = 1
        static let sum = 3
        static let neutral = 4
        static let opaque = 5
        static let filtered = 6
    }

    var scratchRows: Int { Slot.filtered + (layout.isYCbCr && !isGray ? 2 * layout.down.taps.count : 0) }
    var scratchWidth: Int { layout.size.width + 2 * layout.across.factor }

    /// Writes the rows `rows` of all planes, and the chroma rows that belong to them.
    ///
    /// - Parameters:
    ///   - rows: begins at a multiple of `step`, and ends at one or at the end of the picture.
    ///   - tile: the columns to write; nil for all.
    ///   - scratch: `scratchRows` rows of `scratchWidth`, nobody else's.
    ///   - source: gives the rows of the picture.
    func write(_ rows: Range<Int>, tile: ColumnTile? = nil, scratch: RowScratch, from source: some RowSource) {
        var band = Band(
            writer: self, rows: rows, tile: tile ?? .whole(layout.size.width), scratch: scratch, source: source)
        if layout.isYCbCr { band.writeYCbCr() } else { band.writeDirect() }
    }

    private struct Band<Rows: RowSource> {
        let writer: FrameRowWriter
        let layout: RowLayout
        let rows: Range<Int>
        /// That are written, and as many chroma samples.
        let columns: Range<Int>
        let chromaColumns: Range<Int>
        /// Of the rows' floats.
        let width: Int
        /// Floats before the first column that is written.
        let margin: Int
        let scratch: RowScratch
        var source: Rows
        /// Which picture row each slot of filtered chroma holds: as many slots as the filter has taps, at most 7.
        private var held = SIMD8<Int>(repeating: -1)

        init(writer: FrameRowWriter, rows: Range<Int>, tile: ColumnTile, scratch: RowScratch, source: Rows) {
            let factor = writer.layout.across.factor
            self.writer = writer
            layout = writer.layout
            self.rows = rows
            columns = tile.columns
            chromaColumns = columns.lowerBound / factor..<(columns.upperBound + factor - 1) / factor
            width = tile.reach.count
            margin = columns.lowerBound - tile.reach.lowerBound
            self.scratch = scratch
            self.source = source
            scratch[Slot.neutral].update(repeating: 0, count: writer.isGray ? width : 0)
            scratch[Slot.opaque].update(repeating: 1, count: layout.format.hasAlpha ? width : 0)
        }

        private var slotCount: Int { layout.down.taps.count }

        /// R, G and B, or grey: the luma where the picture has colour.
        mutating func writeDirect() {
            for row in rows {
                let source = self.source.row(row)
                if layout.isRGB {
                    pack(source.red, component: 0, row: row)
                    pack(source.green, component: 1, row: row)
                    pack(source.blue, component: 2, row: row)
                } else if writer.isGray {
                    pack(source.red, component: 0, row: row)
                } else {
                    matte_rgb_to_ycc(
                        source.red, source.green, source.blue, layout.matrix.fromRGB, scratch[Slot.luma],
                        scratch[Slot.chroma], scratch[Slot.chroma + 1], width)
                    pack(scratch[Slot.luma], component: 0, row: row)
                }
                writeAlpha(source, row: row)
            }
        }

        mutating func writeYCbCr() {
            let factor = layout.down.factor
            for row in rows {
                if writer.isGray {
                    writeGray(row)
                } else {
                    convert(row)
                    let isLast = row + 1 == rows.upperBound
                    if row % factor == factor - 1 || isLast { writeChroma(row / factor) }
                }
            }
        }

        /// Makes the filtered chroma of a row, unless it is there, and writes the row's luma and alpha if it is one
        /// of `rows`.
        private mutating func convert(_ row: Int) {
            let slot = row % slotCount
            guard held[slot] != row else { return }
            held[slot] = row
            let source = self.source.row(row)
            let (luma, cb, cr) = (scratch[Slot.luma], scratch[Slot.chroma], scratch[Slot.chroma + 1])
            matte_rgb_to_ycc(source.red, source.green, source.blue, layout.matrix.fromRGB, luma, cb, cr, width)
            if rows.contains(row) {
                pack(luma, component: 0, row: row)
                writeAlpha(source, row: row)
            }
            for index in 0...1 {
                let chroma = scratch[Slot.chroma + index]
                chroma.replicateEnds(count: width, reach: 2 * layout.across.factor)
                matte_downsample(
                    chroma + margin + layout.across.tapsStart, layout.across.factor, layout.across.taps,
                    layout.across.taps.count,
                    scratch[Slot.filtered + 2 * slot + index], chromaColumns.count)
            }
        }

        private mutating func writeChroma(_ chromaRow: Int) {
            let (width, taps) = (chromaColumns.count, slotCount)
            // As many rows in turn as there are slots, so none pushes out another; rows beyond the picture repeat its
            // edge.
            let first = chromaRow * layout.down.factor + layout.down.tapsStart
            func near(_ tap: Int) -> Int { min(max(first + tap, 0), layout.size.height - 1) }
            for tap in 0..<taps { convert(near(tap)) }
            let sum = scratch[Slot.sum]
            for index in 0...1 {
                for tap in 0..<taps {
                    let filtered = scratch[Slot.filtered + 2 * (near(tap) % taps) + index]
                    let weight = layout.down.taps[tap]
                    if tap == 0 {
                        matte_scale(filtered, weight, sum, width)
                    } else {
                        matte_accumulate(filtered, weight, sum, width)
                    }
                }
                writer.pack(sum, component: 1 + index, row: chromaRow, chromaColumns)
            }
        }

        private mutating func writeGray(_ row: Int) {
            let source = self.source.row(row)
            pack(source.red, component: 0, row: row)
            writeAlpha(source, row: row)
            guard row % layout.down.factor == 0 else { return }
            for index in 1...2 {
                writer.pack(scratch[Slot.neutral], component: index, row: row / layout.down.factor, chromaColumns)
            }
        }

        private func writeAlpha(_ source: Source, row: Int) {
            guard layout.format.hasAlpha else { return }
            pack(
                source.alpha ?? UnsafePointer(scratch[Slot.opaque]), component: layout.format.components.count - 1,
                row: row)
        }

        /// A row at the picture's full size.
        private func pack(_ source: UnsafePointer<Float>, component: Int, row: Int) {
            writer.pack(source + margin, component: component, row: row, columns)
        }
    }

    private func pack(_ source: UnsafePointer<Float>, component index: Int, row: Int, _ columns: Range<Int>) {
        let component = layout.format.components[index]
        buffer.withMutablePlane(component.plane) { base, strideBytes in
            component.pack(
                source, codes: layout.codes[index], to: base, strideBytes: strideBytes, row: row,
                column: columns.lowerBound, count: columns.count)
        }
    }
}

/// Gives the rows of a picture to `FrameRowWriter`, in the order it asks for them. Used by one thread.
protocol RowSource {
    /// A row; what it points at is used before the next call.
    mutating func row(_ index: Int) -> FrameRowWriter.Source
}
