internal import CKernels
internal import Frames

/// A small picture, or a grid of coefficients, row by row at the size of a larger picture it is spread over bilinearly.
///
/// A row of the grid is brought to the picture's width once, and serves all picture rows near it; between two of them
/// the kernels interpolate. Reading along the row first costs a share of what it would row by row of the picture.
/// Shared by all bands; the grid must be kept alive around it.
struct GridRows {
    private let base: UnsafePointer<Float>
    private let spread: GridSpread
    /// Channels of the grid that are used.
    private let channels: Range<Int>

    init(_ grid: FloatImage, channels: Range<Int>, over size: Size) {
        base = grid.unsafeBase
        spread = .of(grid.size, over: size)
        self.channels = channels
    }

    /// Two grid rows for each channel.
    var scratchRows: Int { 2 * channels.count }
    var scratchWidth: Int { spread.size.width }

    /// The grid as one band sees it. Used by one thread.
    struct Band {
        private let rows: GridRows
        private let scratch: RowScratch
        /// Which row of the grid the slots of each parity hold.
        private var kept = (even: -1, odd: -1)
        private var above = 0
        /// Shares of the two grid rows around the picture's row.
        private(set) var weights: (upper: Float, lower: Float) = (1, 0)

        init(_ rows: GridRows, scratch: RowScratch) {
            self.rows = rows
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
                rows.widen(gridRow, into: scratch)
            }
        }

        /// The grid rows around the picture's row, at its width; channels are counted from the first that is used.
        func channel(_ index: Int) -> (upper: UnsafePointer<Float>, lower: UnsafePointer<Float>) {
            // A grid of one row is its own neighbour, with weight 0.
            let below = above + rows.spread.down.taps - 1
            return (UnsafePointer(scratch[2 * index + (above & 1)]), UnsafePointer(scratch[2 * index + (below & 1)]))
        }
    }

    /// Brings one row of all channels to the picture's width.
    private func widen(_ gridRow: Int, into scratch: RowScratch) {
        let (size, width, across) = (spread.gridSize, spread.size.width, spread.across)
        let source = base + (channels.lowerBound * size.height + gridRow) * size.width
        let slot = gridRow & 1
        guard let runs = spread.runs else {
            for index in channels.indices {
                let target = scratch[2 * (index - channels.lowerBound) + slot]
                let from = source + (index - channels.lowerBound) * size.pixelCount
                matte_resample(from, across.start, across.weights, across.taps, target, width)
            }
            return
        }
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>?.self, capacity: channels.count) { targets in
            for index in 0..<channels.count { targets[index] = scratch[2 * index + slot] }
            matte_stretch(
                source, size.pixelCount, runs, runs.count - 1, spread.left, spread.right, targets.baseAddress,
                channels.count)
        }
    }
}

/// How a grid of one size lies over a picture of another.
final class GridSpread: Sendable {
    let gridSize: Size
    let size: Size
    let down: ResampleAxis
    let across: ResampleAxis
    /// Where the picture's columns begin that lie between one column of the grid and the next; nil where the picture
    /// is narrower than the grid.
    let runs: [Int32]?
    let left: [Float]
    let right: [Float]

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
        guard across.taps == 2, width >= gridSize.width else {
            (runs, left, right) = (nil, [], [])
            return
        }
        var runs: [Int32] = []
        runs.reserveCapacity(gridSize.width)
        for (column, start) in across.start.enumerated() {
            while runs.count <= Int(start) { runs.append(Int32(column)) }
        }
        while runs.count < gridSize.width { runs.append(Int32(width)) }
        self.runs = runs
        // The kernel reads whole vectors.
        let padding = [Float](repeating: 0, count: 8)
        left = across.weights[..<width] + padding
        right = across.weights[width...] + padding
    }
}
