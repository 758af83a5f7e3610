internal import CKernels
internal import Frames

/// A small picture, or a grid of coefficients, row by row at the size of a larger picture it is spread over bilinearly.
///
/// A row of the grid is brought to the picture's width once, and serves all picture rows near it; between two of them
/// the kernels interpolate. Reading along the row first costs a share of what it would row by row of the picture.
/// Shared by all bands; the grid must be kept alive around it.
struct GridRows: Sendable {
    private let base: Shared<UnsafePointer<Float>>
    private let spread: GridSpread
    /// Channels of the grid that are used.
    private let channels: Range<Int>

    init(_ grid: FloatImage, channels: Range<Int>, over size: Size) {
        base = Shared(grid.unsafeBase)
        spread = .of(grid.size, over: size)
        self.channels = channels
    }

    /// Two grid rows for each channel.
    var scratchRows: Int { 2 * channels.count }
    var scratchWidth: Int { spread.size.width }
    /// Parts of the picture's width that can be asked for on their own.
    var tiles: [ColumnTile] { spread.tiles }
    var wholeTile: [ColumnTile] { spread.wholeTile }

    /// What of the grid the picture's rows and a tile's columns (nil: all) are made of.
    func cells(_ pictureRows: Range<Int>, tile: Int?) -> (rows: Range<Int>, columns: Range<Int>) {
        let (down, size, columns) = (spread.down, spread.gridSize, spread.columns(ofTile: tile))
        let rows = Int(down.start[pictureRows.lowerBound])..<Int(down.start[pictureRows.upperBound - 1]) + down.taps
        guard spread.stretch != nil else { return (rows, 0..<size.width) }
        return (rows, columns.firstCell..<min(columns.firstCell + columns.runs.count, size.width))
    }

    /// A row of the grid itself; channels are counted from the first that is used.
    func cell(_ column: Int, row: Int, channel: Int) -> UnsafePointer<Float> {
        let size = spread.gridSize
        return base + ((channels.lowerBound + channel) * size.height + row) * size.width + column
    }

    /// The grid as one band sees it. Used by one thread.
    struct Band {
        private let rows: GridRows
        private let scratch: RowScratch
        private let columns: GridSpread.Columns
        /// Which row of the grid the slots of each parity hold.
        private var kept = (even: -1, odd: -1)
        private var above = 0
        /// Shares of the two grid rows around the picture's row.
        private(set) var weights: (upper: Float, lower: Float) = (1, 0)

        /// - Parameter tile: the columns of the picture that are asked for; nil for all.
        init(_ rows: GridRows, tile: Int?, scratch: RowScratch) {
            self.rows = rows
            columns = rows.spread.columns(ofTile: tile)
            self.scratch = scratch
        }

        /// Goes to a row of the picture.
        mutating func move(to row: Int) {
            let down = rows.spread.down
            above = Int(down.start[row])
            weights = (down.weights[row], down.taps == 2 ? down.weights[down.start.count + row] : 0)
            for gridRow in above..<above + down.taps {
                let isOdd = gridRow & 1 == 1
                guard (isOdd ? kept.odd : kept.even) != gridRow else { continue }
                if isOdd { kept.odd = gridRow } else { kept.even = gridRow }
                rows.widen(gridRow, columns, into: scratch)
            }
        }

        /// The grid rows around the picture's row, at its width; channels are counted from the first that is used.
        func channel(_ index: Int) -> (upper: UnsafePointer<Float>, lower: UnsafePointer<Float>) {
            // A grid of one row is its own neighbour, with weight 0.
            let below = above + rows.spread.down.taps - 1
            return (UnsafePointer(scratch[2 * index + (above & 1)]), UnsafePointer(scratch[2 * index + (below & 1)]))
        }
    }

    /// Brings one row of all channels to the picture's resolution.
    private func widen(_ gridRow: Int, _ columns: GridSpread.Columns, into scratch: RowScratch) {
        let (size, across) = (spread.gridSize, spread.across)
        let source = base + (channels.lowerBound * size.height + gridRow) * size.width
        let slot = gridRow & 1
        guard let stretch = spread.stretch else {
            for index in channels.indices {
                let target = scratch[2 * (index - channels.lowerBound) + slot]
                let from = source + (index - channels.lowerBound) * size.pixelCount
                matte_resample(from, across.start, across.weights, across.taps, target, spread.size.width)
            }
            return
        }
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>?.self, capacity: channels.count) { targets in
            for index in 0..<channels.count { targets[index] = scratch[2 * index + slot] }
            columns.runs.withUnsafeBufferPointer { runs in
                stretch.left.withUnsafeBufferPointer { left in
                    stretch.right.withUnsafeBufferPointer { right in
                        guard let left = left.baseAddress, let right = right.baseAddress else { return }
                        matte_stretch(
                            source + columns.firstCell, size.pixelCount, runs.baseAddress, runs.count - 1,
                            left + columns.start, right + columns.start, targets.baseAddress, channels.count)
                    }
                }
            }
        }
    }
}

/// How a grid of one size lies over a picture of another.
final class GridSpread: Sendable {
    let gridSize: Size
    let size: Size
    let down: ResampleAxis
    let across: ResampleAxis
    /// Nil where the picture is narrower than the grid: then there are no tiles.
    let stretch: StretchRuns?
    let tiles: [ColumnTile]
    let wholeTile: [ColumnTile]
    private let whole: Columns
    private let ofTiles: [Columns]

    /// Columns of the picture, by the columns of the grid they lie between.
    struct Columns: Sendable {
        let start: Int
        /// The first column of the grid that is needed.
        let firstCell: Int
        /// Where the columns begin that lie between one column of the grid and the next, counted from `start`.
        let runs: [Int32]

        /// - Parameter runs: of all columns.
        init(_ columns: Range<Int>, of runs: [Int32]) {
            start = columns.lowerBound
            let firstCell = max((runs.firstIndex { $0 > columns.lowerBound } ?? 1) - 1, 0)
            let endCell = runs.firstIndex { $0 >= columns.upperBound } ?? runs.count - 1
            self.firstCell = firstCell
            self.runs =
                runs.isEmpty
                ? []
                : runs[firstCell...endCell].map {
                    Int32(min(max(Int($0), columns.lowerBound), columns.upperBound) - columns.lowerBound)
                }
        }
    }

    /// - Parameter tile: index in `tiles`; nil for the whole width.
    func columns(ofTile tile: Int?) -> Columns { tile.map { ofTiles[$0] } ?? whole }

    private struct Kind: Equatable {
        let gridSize: Size
        let size: Size
    }

    private static let recent = RecentValues<Kind, GridSpread>(limit: 8)

    static func of(_ gridSize: Size, over size: Size) -> GridSpread {
        recent.value(for: Kind(gridSize: gridSize, size: size)) { GridSpread(gridSize, over: size) }
    }

    private init(_ gridSize: Size, over size: Size) {
        self.gridSize = gridSize
        self.size = size
        down = .of(gridSize.height, to: size.height, filter: .bilinear)
        across = .of(gridSize.width, to: size.width, filter: .bilinear)
        let width = size.width
        wholeTile = [.whole(width)]
        guard across.taps == 2, width >= gridSize.width else {
            stretch = nil
            tiles = wholeTile
            whole = Columns(0..<width, of: [])
            ofTiles = [whole]
            return
        }
        let stretch =
            across.runs ?? StretchRuns(start: across.start, weights: across.weights, from: gridSize.width)
        self.stretch = stretch
        tiles = ColumnTile.all(width)
        whole = Columns(0..<width, of: stretch.first)
        ofTiles = tiles.map { Columns($0.reach, of: stretch.first) }
    }
}
