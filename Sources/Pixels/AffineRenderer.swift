internal import CKernels
internal import Frames

/// Rows of what an affine matte makes of its frame: read, evaluated and composited row by row, so that no picture of
/// floats ever exists. Shared by all bands; frame, matte and background must be kept alive around it.
struct AffineRenderer {
    private let reader: FrameRowReader
    private let grid: AffineRows
    private let content: AffineContent
    private let size: Size

    init(_ matte: AffineMatte, of frame: Frame, as content: AffineContent) {
        reader = FrameRowReader(frame)
        grid = AffineRows(matte, alphaOnly: content.isAlpha)
        self.content = content
        size = frame.size
    }

    // Scratch rows: R'G'B' of the source, alpha, R'G'B' of the result, and then those of reader and grid.
    private enum Slot {
        static let source = 0
        static let alpha = 3
        static let result = 4
        static let others = 7
    }

    var scratchRows: Int { Slot.others + reader.scratchRows + grid.scratchRows }
    var scratchWidth: Int { max(reader.scratchWidth, grid.scratchWidth) }

    /// Used by one thread.
    struct Band {
        private let renderer: AffineRenderer
        private let scratch: RowScratch
        private var reader: FrameRowReader.Band
        private var grid: AffineRows.Band

        init(_ renderer: AffineRenderer, scratch: RowScratch) {
            self.renderer = renderer
            self.scratch = scratch
            reader = FrameRowReader.Band(renderer.reader, scratch: scratch.dropping(Slot.others))
            grid = AffineRows.Band(
                renderer.grid, scratch: scratch.dropping(Slot.others + renderer.reader.scratchRows))
        }

        /// What the row shows; to be used before the next call.
        mutating func render(_ row: Int) -> FrameRowWriter.Source {
            let width = renderer.size.width
            let source = ColorRow(scratch, from: Slot.source)
            let result = ColorRow(scratch, from: Slot.result)
            let alpha = scratch[Slot.alpha]
            reader.read(row, into: source)
            grid.move(to: row)
            var rows = grid.channel(renderer.content.isAlpha ? 0 : 3)
            matte_affine_alpha(source.red, source.green, source.blue, &rows, alpha, width)
            if case .alpha = renderer.content {
                return FrameRowWriter.Source(red: alpha, green: alpha, blue: alpha, alpha: nil)
            }
            for channel in 0..<3 {
                let (from, to) = (source[channel], result[channel])
                var rows = grid.channel(channel)
                switch renderer.content {
                case .over(let color):
                    matte_affine_over_color(from, &rows, alpha, color[channel], to, width)
                case .overPicture(let picture):
                    let behind = picture.unsafeBase + (channel * renderer.size.height + row) * width
                    matte_affine_over(from, &rows, alpha, behind, to, width)
                case .premultiplied, .alpha:
                    matte_affine_multiply(from, &rows, alpha, to, width)
                case .straight(let threshold):
                    matte_affine_keep(from, &rows, alpha, threshold, to, width)
                }
            }
            return FrameRowWriter.Source(
                red: result.red, green: result.green, blue: result.blue,
                alpha: renderer.content.hasAlpha ? UnsafePointer(alpha) : nil)
        }
    }
}
