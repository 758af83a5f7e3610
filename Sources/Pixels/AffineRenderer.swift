internal import CKernels
internal import Frames

/// Rows of what an affine matte makes of its frame: read, evaluated and composited row by row, so that no picture of
/// floats ever exists. Shared by all bands; frame, matte and background must be kept alive around it.
struct AffineRenderer {
    private let reader: FrameRowReader
    private let grid: AffineRows
    private let content: AffineContent
    private let colors: AffineMatte.Colors
    /// A background that is smaller than the frame.
    private let soft: GridRows?
    private let size: Size
    /// Where the result begins in its row: behind the source, where that is shown beside it.
    private let start: Int

    init(_ matte: AffineMatte, of frame: Frame, as content: AffineContent, besideSource: Bool) {
        reader = FrameRowReader(frame)
        grid = AffineRows(matte, alphaOnly: content.isAlpha)
        self.content = content
        colors = matte.colors
        size = frame.size
        start = besideSource ? frame.size.width : 0
        let size = size
        soft = content.picture.flatMap { $0.size == size ? nil : GridRows($0, channels: 0..<3, over: size) }
    }

    // Scratch rows: R'G'B' of the source, alpha, the subject's colour and the background's where they have to be made
    // first, R'G'B' of the result, and then those of reader and grids.
    private enum Slot {
        static let source = 0
        static let alpha = 3
        static let foreground = 4
        static let behind = 5
        static let result = 6
        static let others = 9
    }

    /// What bands work on one after the other. Beside the source, and where the background comes in other parts, it is
    /// the whole width.
    var tiles: [ColumnTile] {
        let isWhole = start > 0 || soft.map { $0.tiles != grid.tiles } ?? false
        return isWhole ? grid.wholeTile : grid.tiles
    }
    var scratchRows: Int { Slot.others + reader.scratchRows + grid.scratchRows + (soft?.scratchRows ?? 0) }
    var scratchWidth: Int {
        let tiles = tiles
        return tiles.count > 1 ? ColumnTile.scratchWidth(tiles) : max(reader.scratchWidth, start + grid.scratchWidth)
    }

    /// Whether nothing of the subject is in the rows of a tile (index in `tiles`), nor as near to them as `margin`
    /// rows.
    func isBare(_ rows: Range<Int>, tile: Int, margin: Int) -> Bool {
        let near = max(rows.lowerBound - margin, 0)..<min(rows.upperBound + margin, size.height)
        return grid.isZero(near, tile: tiles.count == 1 ? nil : tile)
    }

    /// Used by one thread.
    struct Band: RowSource {
        private let renderer: AffineRenderer
        private let columns: Range<Int>
        private let scratch: RowScratch
        private var reader: FrameRowReader.Band
        private var grid: AffineRows.Band
        private var soft: GridRows.Band?

        /// - Parameter tile: index in `tiles`.
        init(_ renderer: AffineRenderer, tile index: Int, scratch: RowScratch) {
            let tile = renderer.tiles.count == 1 ? nil : index
            self.renderer = renderer
            columns = renderer.tiles[index].reach
            self.scratch = scratch
            let others = scratch.dropping(Slot.others)
            let afterReader = others.dropping(renderer.reader.scratchRows)
            reader = FrameRowReader.Band(renderer.reader, columns: columns, scratch: others)
            grid = AffineRows.Band(renderer.grid, tile: tile, scratch: afterReader)
            soft = renderer.soft.map {
                GridRows.Band($0, tile: tile, scratch: afterReader.dropping(renderer.grid.scratchRows))
            }
        }

        mutating func row(_ row: Int) -> FrameRowWriter.Source {
            let (width, start) = (columns.count, renderer.start)
            let shown = ColorRow(scratch, from: Slot.result)
            let source = start > 0 ? shown : ColorRow(scratch, from: Slot.source)
            let result = ColorRow(red: shown.red + start, green: shown.green + start, blue: shown.blue + start)
            let alpha = scratch[Slot.alpha]
            reader.read(row, into: source)
            grid.move(to: row)
            soft?.move(to: row)
            grid.alpha(of: source, into: alpha, width: width)
            if renderer.content.isAlpha {
                return FrameRowWriter.Source(red: alpha, green: alpha, blue: alpha, alpha: nil)
            }
            for channel in 0..<3 {
                switch renderer.colors {
                case .residual: composite(channel, row, source[channel], alpha, into: result[channel])
                case .means:
                    let foreground = scratch[Slot.foreground]
                    grid.foreground(channel, of: source, alpha: alpha, into: foreground, width: width)
                    compositeMade(channel, row, foreground, alpha, into: result[channel])
                }
            }
            return FrameRowWriter.Source(
                red: shown.red, green: shown.green, blue: shown.blue,
                alpha: renderer.content.hasAlpha ? UnsafePointer(alpha) : nil)
        }

        /// The subject's colour is made and used at once.
        private func composite(
            _ channel: Int, _ row: Int, _ source: UnsafePointer<Float>, _ alpha: UnsafePointer<Float>,
            into target: UnsafeMutablePointer<Float>
        ) {
            let width = columns.count
            var rows = grid.channel(channel)
            switch renderer.content {
            case .over(let color): matte_affine_over_color(source, &rows, alpha, color[channel], target, width)
            case .overPicture(let picture):
                matte_affine_over(source, &rows, alpha, behind(channel, row, picture), target, width)
            case .premultiplied, .alpha: matte_affine_multiply(source, &rows, alpha, target, width)
            case .straight(let threshold): matte_affine_keep(source, &rows, alpha, threshold, target, width)
            }
        }

        private func compositeMade(
            _ channel: Int, _ row: Int, _ foreground: UnsafePointer<Float>, _ alpha: UnsafePointer<Float>,
            into target: UnsafeMutablePointer<Float>
        ) {
            let width = columns.count
            switch renderer.content {
            case .over(let color): matte_over_color(foreground, alpha, color[channel], target, width)
            case .overPicture(let picture):
                matte_over(foreground, alpha, behind(channel, row, picture), target, width)
            case .premultiplied, .alpha: matte_multiply(foreground, alpha, target, width)
            case .straight(let threshold): matte_keep(foreground, alpha, threshold, target, width)
            }
        }

        /// A row of the background.
        private func behind(_ channel: Int, _ row: Int, _ picture: FloatImage) -> UnsafePointer<Float> {
            let size = renderer.size
            guard let soft else {
                return picture.unsafeBase + (channel * size.height + row) * size.width + columns.lowerBound
            }
            let (rows, weights, target) = (soft.channel(channel), soft.weights, scratch[Slot.behind])
            matte_scale(rows.upper, weights.upper, target, columns.count)
            matte_accumulate(rows.lower, weights.lower, target, columns.count)
            return UnsafePointer(target)
        }
    }
}
