internal import CKernels
internal import Frames

/// Reads rows of one frame as R'G'B': what `FrameReader`, `NetworkSampler` and the renderer have in common.
///
/// The reader itself is shared by all bands; each band reads through a `Band` of its own. The frame's memory must be
/// kept alive around it.
struct FrameRowReader {
    private let layout: RowLayout
    private let planes: [Frame.Plane]

    var size: Size { layout.size }
    /// Bands that begin at multiples of it read no chroma row twice.
    var step: Int { layout.down.factor }

    init(_ frame: Frame) {
        let color = frame.color.resolved(for: frame.size, format: frame.format)
        layout = .of(frame.size, frame.format, color)
        planes = frame.planes
    }

    // Scratch rows: luma; two rows of unpacked Cb and Cr; Cb and Cr between them; the same at full width.
    private enum Slot {
        static let luma = 0
        static let chroma = 1
        static let mixed = 5
        static let wide = 7
        static let count = 9
    }

    var scratchRows: Int { layout.isYCbCr ? Slot.count : 0 }
    var scratchWidth: Int { size.width + 2 * layout.across.factor }

    /// Reads rows in any order, best one after the other. Used by one thread.
    struct Band {
        private let reader: FrameRowReader
        private let scratch: RowScratch
        private let columns: Range<Int>
        /// The chroma samples around them, one more on both sides where there is one.
        private let chromaColumns: Range<Int>
        // Unpacked chroma rows wait in slots of their own parity: neighbours never share one.
        private var kept = (even: -1, odd: -1)

        /// - Parameters:
        ///   - columns: which pixels of each row are read; nil for all.
        ///   - scratch: `scratchRows` rows of `scratchWidth`, nobody else's.
        init(_ reader: FrameRowReader, columns: Range<Int>? = nil, scratch: RowScratch) {
            let columns = columns ?? 0..<reader.size.width
            let (factor, chromaWidth) = (reader.layout.across.factor, reader.layout.chromaSize.width)
            self.reader = reader
            self.columns = columns
            chromaColumns =
                max(
                    columns.lowerBound / factor - 1, 0)..<max(
                    min((columns.upperBound + factor - 1) / factor + 1, chromaWidth), 0)
            self.scratch = scratch
        }

        /// The row's pixels, 0…1.
        mutating func read(_ row: Int, into target: ColorRow) {
            if reader.layout.isYCbCr {
                readYCbCr(row, into: target)
            } else {
                reader.readDirect(row, columns, into: target)
            }
        }

        private mutating func readYCbCr(_ row: Int, into target: ColorRow) {
            let layout = reader.layout
            let chromaCount = chromaColumns.count
            reader.unpack(0, row: row, columns, into: scratch[Slot.luma])
            let (group, phase) = row.quotientAndRemainder(dividingBy: layout.down.factor)
            let above = group + Int(layout.down.first[phase])
            let chromaHeight = layout.chromaSize.height
            let one = unpacked(min(max(above, 0), chromaHeight - 1))
            let two = unpacked(min(max(above + 1, 0), chromaHeight - 1))
            for index in 0...1 {
                let mixed = scratch[Slot.mixed + index]
                matte_mix(
                    scratch[one + index], scratch[two + index], layout.down.fraction[phase], mixed, chromaCount)
                // Beyond the picture; inside it what this makes is not used.
                mixed.replicateEnds(count: chromaCount, reach: 1)
                matte_upsample(
                    mixed, layout.across.factor, layout.across.first, layout.across.fraction,
                    scratch[Slot.wide + index], chromaCount)
            }
            let start = columns.lowerBound - chromaColumns.lowerBound * layout.across.factor
            matte_ycc_to_rgb(
                scratch[Slot.luma], scratch[Slot.wide] + start, scratch[Slot.wide + 1] + start, layout.matrix.toRGB,
                target.red, target.green, target.blue, columns.count)
        }

        /// The slot of a chroma row's Cb; Cr is in the next.
        private mutating func unpacked(_ row: Int) -> Int {
            let isOdd = row & 1 == 1
            let slot = Slot.chroma + (isOdd ? 2 : 0)
            guard (isOdd ? kept.odd : kept.even) != row else { return slot }
            if isOdd { kept.odd = row } else { kept.even = row }
            for index in 0...1 {
                reader.unpack(1 + index, row: row, chromaColumns, into: scratch[slot + index])
            }
            return slot
        }
    }

    /// R, G and B, or grey three times.
    private func readDirect(_ row: Int, _ columns: Range<Int>, into target: ColorRow) {
        for index in 0..<3 {
            unpack(layout.isRGB ? index : 0, row: row, columns, into: target[index])
            if layout.isLimited { matte_clamp(target[index], target[index], columns.count) }
        }
    }

    /// Samples of one component as the numbers their codes stand for.
    func unpack(_ index: Int, row: Int, _ columns: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        let component = layout.format.components[index]
        component.unpack(
            planes[component.plane], row: row, column: columns.lowerBound, codes: layout.codes[index], into: target,
            count: columns.count)
    }
}
