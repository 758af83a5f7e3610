internal import CKernels
internal import Frames

/// Writes rows of R'G'B' (or grey) into a buffer of any format: what `FrameWriter` and the renderer have in common.
///
/// It asks for the rows it needs: those of the band, and for subsampled chroma a few above and below, the same ones
/// whichever way the picture is cut into bands. So chroma does not depend on the bands.
struct FrameRowWriter {
    /// One row of the picture.
    struct Source {
        /// Equal pointers for grey.
        let red: UnsafePointer<Float>
        let green: UnsafePointer<Float>
        let blue: UnsafePointer<Float>
        /// Nil is opaque.
        let alpha: UnsafePointer<Float>?
    }

    /// Bands begin at multiples of it.
    var step: Int { isYCbCr ? down.factor : 1 }

    private let format: PixelFormat
    private let size: Size
    private let planes: MutablePlanes
    private let isGray: Bool
    private let isYCbCr: Bool
    private let isRGB: Bool
    private let codes: [SampleCodes]
    private let across: ChromaSiting
    private let down: ChromaSiting
    private let matrix: YCbCrMatrix
    private let chromaSize: Size

    /// - Parameters:
    ///   - color: complete.
    ///   - isGray: all rows are grey: neutral chroma, no matrix.
    init(_ buffer: FrameBuffer, color: ColorDescription, isGray: Bool) {
        let format = buffer.format
        self.format = format
        size = buffer.size
        planes = MutablePlanes(buffer)
        self.isGray = isGray
        isYCbCr = format.model == .yuv && format.components.count >= 3
        isRGB = format.model == .rgb && format.components.count >= 3
        codes = format.components.indices.map { SampleCodes(component: $0, format: format, color: color) }
        across = .horizontal(format, color.chromaLocation)
        down = .vertical(format, color.chromaLocation)
        matrix = YCbCrMatrix(color.matrix)
        chromaSize = format.size(ofComponent: 1, in: buffer.size)
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

    var scratchRows: Int { Slot.filtered + (isYCbCr && !isGray ? 2 * down.taps.count : 0) }
    var scratchWidth: Int { size.width + 2 * across.factor }

    /// Writes the rows `rows` of all planes, and the chroma rows that belong to them.
    ///
    /// - Parameters:
    ///   - rows: begins at a multiple of `step`, and ends at one or at the end of the picture.
    ///   - scratch: `scratchRows` rows of `scratchWidth`, nobody else's.
    ///   - source: gives a row of the picture; what it points at is used before the next call.
    func write(_ rows: Range<Int>, scratch: RowScratch, source: (Int) -> Source) {
        withoutActuallyEscaping(source) { source in
            var band = Band(writer: self, rows: rows, scratch: scratch, source: source)
            if isYCbCr { band.writeYCbCr() } else { band.writeDirect() }
        }
    }

    private struct Band {
        let writer: FrameRowWriter
        let rows: Range<Int>
        let scratch: RowScratch
        let source: (Int) -> Source
        /// Which picture row each slot of filtered chroma holds.
        private var held: [Int]

        init(writer: FrameRowWriter, rows: Range<Int>, scratch: RowScratch, source: @escaping (Int) -> Source) {
            self.writer = writer
            self.rows = rows
            self.scratch = scratch
            self.source = source
            held = [Int](repeating: -1, count: writer.down.taps.count)
            scratch[Slot.neutral].update(repeating: 0, count: writer.isGray ? writer.size.width : 0)
            scratch[Slot.opaque].update(repeating: 1, count: writer.format.hasAlpha ? writer.size.width : 0)
        }

        /// R, G and B, or grey: the luma where the picture has colour.
        func writeDirect() {
            let width = writer.size.width
            for row in rows {
                let source = source(row)
                if writer.isRGB {
                    writer.pack(source.red, component: 0, row: row, count: width)
                    writer.pack(source.green, component: 1, row: row, count: width)
                    writer.pack(source.blue, component: 2, row: row, count: width)
                } else if writer.isGray {
                    writer.pack(source.red, component: 0, row: row, count: width)
                } else {
                    matte_rgb_to_ycc(
                        source.red, source.green, source.blue, writer.matrix.fromRGB, scratch[Slot.luma],
                        scratch[Slot.chroma], scratch[Slot.chroma + 1], width)
                    writer.pack(scratch[Slot.luma], component: 0, row: row, count: width)
                }
                writeAlpha(source, row: row)
            }
        }

        mutating func writeYCbCr() {
            let factor = writer.down.factor
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
            let slot = row % held.count
            guard held[slot] != row else { return }
            held[slot] = row
            let (width, across) = (writer.size.width, writer.across)
            let source = source(row)
            let (luma, cb, cr) = (scratch[Slot.luma], scratch[Slot.chroma], scratch[Slot.chroma + 1])
            matte_rgb_to_ycc(source.red, source.green, source.blue, writer.matrix.fromRGB, luma, cb, cr, width)
            if rows.contains(row) {
                writer.pack(luma, component: 0, row: row, count: width)
                writeAlpha(source, row: row)
            }
            for index in 0...1 {
                let chroma = scratch[Slot.chroma + index]
                chroma.replicateEnds(count: width, reach: 2 * across.factor)
                matte_downsample(
                    chroma + across.tapsStart, across.factor, across.taps, across.taps.count,
                    scratch[Slot.filtered + 2 * slot + index], writer.chromaSize.width)
            }
        }

        private mutating func writeChroma(_ chromaRow: Int) {
            let (down, width) = (writer.down, writer.chromaSize.width)
            // As many rows in turn as there are slots, so none pushes out another; rows beyond the picture repeat its
            // edge.
            let first = chromaRow * down.factor + down.tapsStart
            func near(_ tap: Int) -> Int { min(max(first + tap, 0), writer.size.height - 1) }
            for tap in down.taps.indices { convert(near(tap)) }
            let sum = scratch[Slot.sum]
            for index in 0...1 {
                for tap in down.taps.indices {
                    let filtered = scratch[Slot.filtered + 2 * (near(tap) % held.count) + index]
                    if tap == 0 {
                        matte_scale(filtered, down.taps[tap], sum, width)
                    } else {
                        matte_accumulate(filtered, down.taps[tap], sum, width)
                    }
                }
                writer.pack(sum, component: 1 + index, row: chromaRow, count: width)
            }
        }

        private func writeGray(_ row: Int) {
            let source = source(row)
            writer.pack(source.red, component: 0, row: row, count: writer.size.width)
            writeAlpha(source, row: row)
            guard row % writer.down.factor == 0 else { return }
            for index in 1...2 {
                writer.pack(
                    scratch[Slot.neutral], component: index, row: row / writer.down.factor,
                    count: writer.chromaSize.width)
            }
        }

        private func writeAlpha(_ source: Source, row: Int) {
            guard writer.format.hasAlpha else { return }
            writer.pack(
                source.alpha ?? UnsafePointer(scratch[Slot.opaque]), component: writer.format.components.count - 1,
                row: row, count: writer.size.width)
        }
    }

    private func pack(_ source: UnsafePointer<Float>, component index: Int, row: Int, count: Int) {
        let component = format.components[index]
        let plane = planes[component.plane]
        component.pack(
            source, codes: codes[index], to: plane.base, strideBytes: plane.strideBytes, row: row, count: count)
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
