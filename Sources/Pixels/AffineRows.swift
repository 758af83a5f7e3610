internal import CKernels
internal import Frames

/// The grids of an affine matte row by row at the picture's size. Shared by all bands; the matte must be kept alive
/// around it.
struct AffineRows {
    private let slope: GridRows
    private let offset: GridRows
    private let colors: AffineMatte.Colors
    /// The channel of alpha among those that are used.
    private let alphaChannel: Int

    init(_ matte: AffineMatte, alphaOnly: Bool) {
        let count = matte.slope.channels
        let channels = alphaOnly ? count - 1..<count : 0..<count
        slope = GridRows(matte.slope, channels: channels, over: matte.pictureSize)
        offset = GridRows(matte.offset, channels: channels, over: matte.pictureSize)
        colors = matte.colors
        alphaChannel = channels.count - 1
    }

    var scratchRows: Int { slope.scratchRows + offset.scratchRows }
    var scratchWidth: Int { slope.scratchWidth }
    var tiles: [ColumnTile] { slope.tiles }
    var wholeTile: [ColumnTile] { slope.wholeTile }

    /// Whether alpha is 0 in all of the picture's rows `pictureRows` and a tile's columns (nil: all), whatever the
    /// picture: where it is at every point of the grid around them for black and for white, it is between them.
    func isZero(_ pictureRows: Range<Int>, tile: Int?) -> Bool {
        let (rows, columns) = slope.cells(pictureRows, tile: tile)
        return rows.allSatisfy { row in
            matte_affine_is_zero(
                slope.cell(columns.lowerBound, row: row, channel: alphaChannel),
                offset.cell(columns.lowerBound, row: row, channel: alphaChannel), columns.count)
        }
    }

    /// The matte as one band sees it. Used by one thread.
    struct Band {
        private let rows: AffineRows
        private var slope: GridRows.Band
        private var offset: GridRows.Band

        /// - Parameter tile: index in `tiles`; nil for the whole width.
        init(_ rows: AffineRows, tile: Int? = nil, scratch: RowScratch) {
            self.rows = rows
            slope = GridRows.Band(rows.slope, tile: tile, scratch: scratch)
            offset = GridRows.Band(rows.offset, tile: tile, scratch: scratch.dropping(rows.slope.scratchRows))
        }

        /// Goes to a row of the picture.
        mutating func move(to row: Int) {
            slope.move(to: row)
            offset.move(to: row)
        }

        /// - Parameter source: the picture's row.
        func alpha(of source: ColorRow, into target: UnsafeMutablePointer<Float>, width: Int) {
            var rows = channel(rows.alphaChannel)
            matte_affine_alpha(source.red, source.green, source.blue, &rows, target, width)
        }

        /// The subject's colour.
        func foreground(
            _ channel: Int, of source: ColorRow, alpha: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
            width: Int
        ) {
            var rows = self.channel(channel)
            switch self.rows.colors {
            case .residual: matte_affine_color(source[channel], &rows, target, width)
            case .means: matte_affine_fuse(source[channel], &rows, alpha, target, width)
            }
        }

        /// Slope and offset of a channel, counted from the first that is used.
        func channel(_ index: Int) -> matte_affine_rows {
            let (slopes, offsets) = (slope.channel(index), offset.channel(index))
            return matte_affine_rows(
                slope0: slopes.upper, slope1: slopes.lower, offset0: offsets.upper, offset1: offsets.lower,
                weight0: slope.weights.upper, weight1: slope.weights.lower)
        }
    }
}
