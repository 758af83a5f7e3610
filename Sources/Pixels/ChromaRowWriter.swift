internal import CKernels
internal import Frames

/// Writes rows of R'G'B' (or grey) as Y'CbCr with chroma of any subsampling: the inner part of `FrameWriter`.
struct ChromaRowWriter {
    let channels: [UnsafePointer<Float>]
    let isGray: Bool
    let format: PixelFormat
    let size: Size
    let planes: MutablePlanes
    let across: ChromaSiting
    let down: ChromaSiting
    private let codes: [SampleCodes]
    private let matrix: YCbCrMatrix
    private let chromaSize: Size

    init(
        channels: [UnsafePointer<Float>], isGray: Bool, format: PixelFormat, color: ColorDescription, size: Size,
        planes: MutablePlanes
    ) {
        self.channels = channels
        self.isGray = isGray
        self.format = format
        self.size = size
        self.planes = planes
        across = .horizontal(format, color.chromaLocation)
        down = .vertical(format, color.chromaLocation)
        codes = (0..<3).map { SampleCodes(component: $0, format: format, color: color) }
        matrix = YCbCrMatrix(color.matrix)
        chromaSize = format.size(ofComponent: 1, in: size)
    }

    // Scratch rows: luma, Cb and Cr of one row at full width, one chroma row's sums, and as many rows of chroma
    // filtered along the row as a chroma row is made of.
    private enum Slot {
        static let luma = 0
        static let chroma = 1
        static let sum = 3
        static let filtered = 4
    }

    /// Writes the luma rows `rows` and the chroma rows that belong to them; `rows` begins at a multiple of
    /// `down.factor`.
    func write(_ rows: Range<Int>) {
        if isGray { return writeGray(rows) }
        let taps = down.taps.count
        RowScratch.with(rows: Slot.filtered + 2 * taps, width: size.width + 2 * across.factor) { scratch in
            // Which picture row each slot of filtered chroma holds.
            var held = [Int](repeating: -1, count: taps)
            for row in rows {
                convert(row, of: rows, scratch: scratch, held: &held)
                let isLast = row + 1 == rows.upperBound
                guard row % down.factor == down.factor - 1 || isLast else { continue }
                writeChroma(row / down.factor, of: rows, scratch: scratch, held: &held)
            }
        }
    }

    /// Makes the filtered chroma of a row, unless it is there, and writes the row's luma if it is one of `rows`.
    private func convert(_ row: Int, of rows: Range<Int>, scratch: RowScratch, held: inout [Int]) {
        let slot = row % held.count
        guard held[slot] != row else { return }
        held[slot] = row
        let start = row * size.width
        let (luma, cb, cr) = (scratch[Slot.luma], scratch[Slot.chroma], scratch[Slot.chroma + 1])
        matte_rgb_to_ycc(
            channels[0] + start, channels[1] + start, channels[2] + start, matrix.fromRGB, luma, cb, cr, size.width)
        if rows.contains(row) { pack(luma, component: 0, row: row, count: size.width) }
        for (index, chroma) in [cb, cr].enumerated() {
            chroma.replicateEnds(count: size.width, reach: 2 * across.factor)
            matte_downsample(
                chroma + across.tapsStart, across.factor, across.taps, across.taps.count,
                scratch[Slot.filtered + 2 * slot + index], chromaSize.width)
        }
    }

    private func writeChroma(_ chromaRow: Int, of rows: Range<Int>, scratch: RowScratch, held: inout [Int]) {
        // As many rows in turn as there are slots, so none pushes out another; rows beyond the picture repeat its
        // edge.
        let first = chromaRow * down.factor + down.tapsStart
        let sources = down.taps.indices.map { min(max(first + $0, 0), size.height - 1) }
        for row in sources { convert(row, of: rows, scratch: scratch, held: &held) }
        for index in 0...1 {
            let sum = scratch[Slot.sum]
            for (tap, row) in sources.enumerated() {
                let source = scratch[Slot.filtered + 2 * (row % held.count) + index]
                if tap == 0 {
                    matte_scale(source, down.taps[tap], sum, chromaSize.width)
                } else {
                    matte_accumulate(source, down.taps[tap], sum, chromaSize.width)
                }
            }
            pack(sum, component: 1 + index, row: chromaRow, count: chromaSize.width)
        }
    }

    private func writeGray(_ rows: Range<Int>) {
        RowScratch.with(rows: 1, width: chromaSize.width) { neutral in
            for row in rows {
                pack(channels[0] + row * size.width, component: 0, row: row, count: size.width)
                guard row % down.factor == 0 else { continue }
                for index in 1...2 {
                    pack(neutral[0], component: index, row: row / down.factor, count: chromaSize.width)
                }
            }
        }
    }

    private func pack(_ source: UnsafePointer<Float>, component index: Int, row: Int, count: Int) {
        let component = format.components[index]
        let plane = planes[component.plane]
        component.pack(
            source, codes: codes[index], to: plane.base, strideBytes: plane.strideBytes, row: row, count: count)
    }
}
