import TestSupport

/// What the walls of a `Room` look like: smooth noise of three scales, which repeats nowhere.
struct RoomTexture {
    private struct Octave {
        let cell: Double
        let height: Double
        /// Values at the corners of cells, channel after channel.
        let corners: [Double]
        let columns: Int
        let rows: Int
    }

    /// Beyond the plate there is as much again on every side.
    private static let margin = 64.0
    private let octaves: [Octave]

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        octaves = [(29.0, 0.3), (13.0, 0.3), (5.0, 0.2)].map { cell, height in
            let columns = Int((192 + 2 * Self.margin) / cell) + 3
            let rows = Int((108 + 2 * Self.margin) / cell) + 3
            // Grey for the most part.
            let shared = (0..<columns * rows).map { _ in Double.random(in: -0.5...0.5, using: &random) }
            let corners = (0..<3).flatMap { _ in
                shared.map { 0.7 * $0 + 0.3 * Double.random(in: -0.5...0.5, using: &random) }
            }
            return Octave(cell: cell, height: height, corners: corners, columns: columns, rows: rows)
        }
    }

    /// R', G' or B' at a place in plate pixels.
    func callAsFunction(_ channel: Int, _ x: Double, _ y: Double) -> Double {
        var value = 0.5
        for octave in octaves {
            let u = min(max((x + Self.margin) / octave.cell, 0), Double(octave.columns - 2))
            let v = min(max((y + Self.margin) / octave.cell, 0), Double(octave.rows - 2))
            let (column, row) = (Int(u), Int(v))
            let (s, t) = (Self.smooth(u - Double(column)), Self.smooth(v - Double(row)))
            let first = (channel * octave.rows + row) * octave.columns + column
            let above = octave.corners[first] + (octave.corners[first + 1] - octave.corners[first]) * s
            let second = first + octave.columns
            let below = octave.corners[second] + (octave.corners[second + 1] - octave.corners[second]) * s
            value += octave.height * (above + (below - above) * t)
        }
        return value
    }

    private static func smooth(_ t: Double) -> Double { t * t * (3 - 2 * t) }
}
