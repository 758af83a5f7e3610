internal import CKernels
internal import Frames

/// The grids of an affine matte row by row at the picture's size.
///
/// A row of the grid is brought to the picture's width once, and serves all picture rows near it; between two of them
/// the kernels interpolate. Reading along the row first costs a share of what it would row by row of the picture.
/// Shared by all bands; the matte must be kept alive around it.
struct AffineRows {
    private let slope: UnsafePointer<Float>
    private let offset: UnsafePointer<Float>
    private let gridSize: Size
    /// Channels of the grid that are used: all, or the last, which is alpha.
    private let channels: Range<Int>
    private let width: Int
    private let down: ResampleAxis
    private let across: ResampleAxis
    /// Where the picture's columns begin that lie between one column of the grid and the next; nil where the picture
    /// is narrower than the grid.
    private let runs: [Int32]?
    private let left: [Float]
    private let right: [Float]

    init(_ matte: AffineMatte, alphaOnly: Bool) {
        slope = matte.slope.unsafeBase
        offset = matte.offset.unsafeBase
        gridSize = matte.slope.size
        let count = matte.slope.channels
        channels = alphaOnly ? count - 1..<count : 0..<count
        width = matte.pictureSize.width
        down = ResampleAxis(from: gridSize.height, to: matte.pictureSize.height, filter: .bilinear)
        across = ResampleAxis(from: gridSize.width, to: width, filter: .bilinear)
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

    /// Two grid rows of slope and of offset for each channel.
    var scratchRows: Int { 4 * channels.count }
    var scratchWidth: Int { width }

    /// The grids as one band sees them. Used by one thread.
    struct Band {
        private let rows: AffineRows
        private let scratch: RowScratch
        /// Which row of the grid the slots of each parity hold.
        private var kept = (even: -1, odd: -1)
        private var above = 0
        private var weights: (Float, Float) = (1, 0)

        init(_ rows: AffineRows, scratch: RowScratch) {
            self.rows = rows
            self.scratch = scratch
        }

        /// Goes to a row of the picture.
        mutating func move(to row: Int) {
            let down = rows.down
            above = Int(down.start[row])
            weights = (down.weights[row], down.taps == 2 ? down.weights[down.start.count + row] : 0)
            for gridRow in above..<above + down.taps {
                let isOdd = gridRow & 1 == 1
                guard (isOdd ? kept.odd : kept.even) != gridRow else { continue }
                if isOdd { kept.odd = gridRow } else { kept.even = gridRow }
                rows.widen(rows.slope, gridRow) { slot($0, isOffset: false, gridRow) }
                rows.widen(rows.offset, gridRow) { slot($0, isOffset: true, gridRow) }
            }
        }

        /// A channel of the picture's row, counted from the first that is used.
        func channel(_ index: Int) -> matte_affine_rows {
            // A grid of one row is its own neighbour, with weight 0.
            let below = above + rows.down.taps - 1
            return matte_affine_rows(
                slope0: slot(index, isOffset: false, above), slope1: slot(index, isOffset: false, below),
                offset0: slot(index, isOffset: true, above), offset1: slot(index, isOffset: true, below),
                weight0: weights.0, weight1: weights.1)
        }

        private func slot(_ index: Int, isOffset: Bool, _ gridRow: Int) -> UnsafeMutablePointer<Float> {
            scratch[4 * index + (isOffset ? 2 : 0) + (gridRow & 1)]
        }
    }

    /// Brings one row of all channels to the picture's width.
    private func widen(
        _ grid: UnsafePointer<Float>, _ gridRow: Int, into slot: (Int) -> UnsafeMutablePointer<Float>
    ) {
        let source = grid + (channels.lowerBound * gridSize.height + gridRow) * gridSize.width
        let count = channels.count
        guard let runs else {
            for index in 0..<count {
                matte_resample(
                    source + index * gridSize.pixelCount, across.start, across.weights, across.taps, slot(index), width)
            }
            return
        }
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>?.self, capacity: count) { targets in
            for index in 0..<count { targets[index] = slot(index) }
            matte_stretch(
                source, gridSize.pixelCount, runs, runs.count - 1, left, right, targets.baseAddress, count)
        }
    }
}
