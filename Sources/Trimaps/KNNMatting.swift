public import Frames

/// KNN matting (Chen, Li and Tang, "KNN Matting", PAMI 2013): pixels that look alike, wherever they are, have nearly
/// the same alpha.
///
/// Each pixel is tied to its nearest ones in a space of colour and place, twice: once where place counts much, and once
/// where it hardly does, as in PyMatting. The ties are of equal strength, which gives nearly what graded ones do. The
/// trimap's pixels are fixed. Slower than closed-form matting, and better where the subject's parts are not connected.
public final class KNNMatting: AlphaSolver {
    public var name: String { "knn" }

    public init() {}

    /// How many neighbours, and how much a picture's width or height counts beside the range of a colour.
    private static let searches: [(neighbours: Int, placeWeight: Float)] = [(20, 2), (10, 0.1)]

    public func alpha(of picture: FloatImage, trimap: Trimap) -> FloatImage {
        precondition(picture.size == trimap.size && picture.channels == 3, "picture and trimap do not fit")
        let unknown = UnknownPixels(trimap)
        guard unknown.count > 0 else { return trimap.picture() }
        var ties = Ties(unknown)
        for search in Self.searches {
            let tree = FeatureTree(features: Self.features(picture, placeWeight: search.placeWeight), dimensions: 5)
            var found: [(distance: Float, point: Int32)] = []
            for pixel in trimap.labels.indices {
                tree.nearest(to: pixel, count: search.neighbours, into: &found)
                for near in found { ties.tie(pixel, Int(near.point)) }
            }
        }
        let (matrix, right) = ties.system(trimap)
        var solution = [Double](repeating: 0, count: unknown.count)
        ConjugateGradients(tolerance: 1e-6).solve(
            matrix, right: right, preconditioner: DiagonalPreconditioner(matrix), x: &solution)
        return trimap.picture(with: solution, at: unknown)
    }

    /// R', G', B', and the place as parts of width and height times its weight.
    private static func features(_ picture: FloatImage, placeWeight: Float) -> [Float] {
        let size = picture.size
        let count = size.pixelCount
        return picture.withFloats { floats in
            var features: [Float] = []
            features.reserveCapacity(5 * count)
            for pixel in 0..<count {
                let x = Float(pixel % size.width) / Float(max(size.width - 1, 1))
                let y = Float(pixel / size.width) / Float(max(size.height - 1, 1))
                features += [floats[pixel], floats[pixel + count], floats[pixel + 2 * count]]
                features += [placeWeight * x, placeWeight * y]
            }
            return features
        }
    }
}

/// Which pixels are tied to the unknown ones, each tie as often as it was found.
private struct Ties {
    private let unknown: UnknownPixels
    /// Ties of unknown pixels: number, and the other's place in the picture.
    private var rows: [Int32] = []
    private var others: [Int32] = []

    init(_ unknown: UnknownPixels) { self.unknown = unknown }

    /// Ties both to each other; a pixel's tie to itself says nothing.
    mutating func tie(_ one: Int, _ other: Int) {
        guard one != other else { return }
        for (from, to) in [(one, other), (other, one)] where unknown.numbers[from] >= 0 {
            rows.append(unknown.numbers[from])
            others.append(Int32(to))
        }
    }

    /// The graph's Laplacian, known pixels on the right-hand side.
    func system(_ trimap: Trimap) -> (matrix: SparseMatrix, right: [Double]) {
        var ends = [Int](repeating: 0, count: unknown.count + 1)
        for row in rows { ends[Int(row) + 1] += 1 }
        for row in 0..<unknown.count { ends[row + 1] += ends[row] }
        var sorted = [Int32](repeating: 0, count: others.count)
        var next = ends
        for (row, other) in zip(rows, others) {
            sorted[next[Int(row)]] = other
            next[Int(row)] += 1
        }
        var matrix = SparseMatrix(capacity: others.count)
        var right = [Double](repeating: 0, count: unknown.count)
        for row in 0..<unknown.count {
            let others = sorted[ends[row]..<ends[row + 1]]
            var columns: [(column: Int32, value: Double)] = [(Int32(row), Double(others.count))]
            for other in others.sorted() {
                let column = unknown.numbers[Int(other)]
                if column < 0 {
                    right[row] += trimap.labels[Int(other)] == .foreground ? 1 : 0
                } else if columns[columns.count - 1].column == column, columns.count > 1 {
                    columns[columns.count - 1].value -= 1
                } else {
                    columns.append((column, -1))
                }
            }
            columns.sort { $0.column < $1.column }
            for (column, value) in columns { matrix.append(column: column, value: value) }
            matrix.endRow()
        }
        return (matrix, right)
    }
}
