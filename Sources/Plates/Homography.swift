internal import Frames

/// A projective map from places of the frame to places of the plate, in units of half a picture's width from its middle,
/// so that it holds at every size.
struct Homography: Sendable, Hashable {
    /// Row by row; the ninth number is 1.
    var values: [Double]

    static let identity = Homography(values: [1, 0, 0, 0, 1, 0, 0, 0])

    func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        let depth = values[6] * x + values[7] * y + 1
        return (
            (values[0] * x + values[1] * y + values[2]) / depth, (values[3] * x + values[4] * y + values[5]) / depth
        )
    }

    func adding(_ change: ArraySlice<Double>) -> Homography { Homography(values: zip(values, change).map(+)) }

    /// The way back; nil where there is none.
    var inverse: Homography? {
        let h = values + [1]
        /// Of the matrix without a row and a column, with the sign of the adjugate.
        func cofactor(_ row: Int, _ column: Int) -> Double {
            let (r, s, c, d) = ((row + 1) % 3, (row + 2) % 3, (column + 1) % 3, (column + 2) % 3)
            return h[3 * r + c] * h[3 * s + d] - h[3 * r + d] * h[3 * s + c]
        }
        let last = cofactor(2, 2)
        guard abs(last) > 1e-9 else { return nil }
        return Homography(values: (0..<8).map { cofactor($0 % 3, $0 / 3) / last })
    }

    /// As exact as a file keeps it.
    var rounded: Homography { Homography(values: values.map { Double(Float($0)) }) }

    /// Whether a corner moves by more than a tenth of a pixel of a picture of `size`; else interpolation would cost more
    /// than it brings.
    func moves(_ size: Size) -> Bool {
        let aspect = Double(size.height) / Double(size.width)
        return [(-1.0, -aspect), (1, -aspect), (1, aspect), (-1, aspect)].contains {
            let there = self($0.0, $0.1)
            return max(abs(there.x - $0.0), abs(there.y - $0.1)) * Double(size.width) / 2 > 0.1
        }
    }

    /// Whether a camera that was moved a little could have made it: the frame's corners keep their order, its area stays
    /// between half and twice, and most of it lies on the plate.
    func isPlausible(aspect: Double) -> Bool {
        let corners = [(-1.0, -aspect), (1, -aspect), (1, aspect), (-1, aspect)].map { self($0.0, $0.1) }
        var area = 0.0
        for index in 0..<4 {
            let (a, b, c) = (corners[index], corners[(index + 1) % 4], corners[(index + 2) % 4])
            let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
            guard turn > 0, turn.isFinite else { return false }
            area += a.x * b.y - a.y * b.x
        }
        let share = area / 2 / (4 * aspect)
        let centre = self(0, 0)
        return (0.5...2).contains(share) && abs(centre.x) < 0.8 && abs(centre.y) < 0.8 * aspect
    }
}

/// The same map between pixels' centres of pictures of one size.
struct PixelMap {
    /// Of numerators and denominator, row by row.
    let values: [Double]
    private let width: Double
    private let height: Double

    init(_ homography: Homography, size: Size) {
        (width, height) = (Double(size.width), Double(size.height))
        let (width, height) = (width, height)
        let h = homography.values + [1]
        /// A row for pixels instead of half widths.
        func inPixels(_ row: ArraySlice<Double>) -> [Double] {
            let row = Array(row)
            return [
                2 * row[0] / width, 2 * row[1] / width, row[2] + (row[0] * (1 - width) + row[1] * (1 - height)) / width,
            ]
        }
        let (across, down, depth) = (inPixels(h[0..<3]), inPixels(h[3..<6]), inPixels(h[6..<9]))
        values =
            zip(across, depth).map { ($0 * width + $1 * (width - 1)) / 2 }
            + zip(down, depth).map { ($0 * width + $1 * (height - 1)) / 2 } + depth
    }

    /// Of a frame's column and row.
    @inline(__always)
    func callAsFunction(_ column: Int, _ row: Int) -> (x: Float, y: Float) {
        let (x, y) = (Double(column), Double(row))
        let depth = 1 / (values[6] * x + values[7] * y + values[8])
        return (
            Float((values[0] * x + values[1] * y + values[2]) * depth),
            Float((values[3] * x + values[4] * y + values[5]) * depth)
        )
    }

    /// In units of half a width from the middle.
    @inline(__always)
    func normal(_ column: Int, _ row: Int) -> (x: Double, y: Double) {
        ((Double(2 * column) - width + 1) / width, (Double(2 * row) - height + 1) / width)
    }
}
