import TestSupport
import Testing

@testable import Trimaps

struct SolverTests {
    /// A random symmetric matrix with a heavy diagonal, or with one that is too light for an incomplete factor.
    private func matrix(_ count: Int, seed: UInt64, diagonal: Double) -> SparseMatrix {
        var random = SeededRandom(seed: seed)
        var dense = [[Double]](repeating: Array(repeating: 0, count: count), count: count)
        for row in 0..<count {
            for column in 0..<row where Int.random(in: 0..<4, using: &random) == 0 {
                dense[row][column] = .random(in: -1...1, using: &random)
                dense[column][row] = dense[row][column]
            }
        }
        var matrix = SparseMatrix(capacity: count * count)
        for row in 0..<count {
            let sum = dense[row].reduce(0) { $0 + abs($1) }
            for column in 0..<count {
                let value = row == column ? diagonal * sum + 0.1 : dense[row][column]
                if value != 0 { matrix.append(column: Int32(column), value: value) }
            }
            matrix.endRow()
        }
        return matrix
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func conjugateGradientsSolve(seed: UInt64) {
        let matrix = matrix(40, seed: seed, diagonal: 1.05)
        var random = SeededRandom(seed: seed + 10)
        let truth = (0..<40).map { _ in Double.random(in: -1...1, using: &random) }
        var right = truth
        right.withUnsafeMutableBufferPointer { right in
            guard let base = right.baseAddress else { return }
            matrix.multiply(truth, into: base)
        }
        func solve(_ preconditioner: some Preconditioner) -> (steps: Int, error: Double) {
            var x = [Double](repeating: 0, count: 40)
            let steps = ConjugateGradients(tolerance: 1e-12).solve(
                matrix, right: right, preconditioner: preconditioner, x: &x)
            return (steps, zip(x, truth).map { abs($0 - $1) }.max() ?? 0)
        }
        let (slow, fast) = (solve(DiagonalPreconditioner(matrix)), solve(IncompleteCholesky(matrix, threshold: 1e-3)))
        #expect(slow.error < 1e-8 && fast.error < 1e-8)
        #expect(fast.steps <= 6 && fast.steps < slow.steps, "\(fast.steps) and \(slow.steps) steps")
    }

    /// Where nothing is left out the factor is exact, and one step is enough.
    @Test func aCompleteFactorIsTheInverse() {
        let matrix = matrix(30, seed: 4, diagonal: 1.2)
        let (right, factor) = ([Double](repeating: 1, count: 30), IncompleteCholesky(matrix, threshold: 0))
        var x = [Double](repeating: 0, count: 30)
        #expect(ConjugateGradients(tolerance: 1e-5).solve(matrix, right: right, preconditioner: factor, x: &x) <= 2)
    }

    /// A matrix that is not positive definite: the factor is found with a shift, and nothing runs for ever.
    @Test func anIndefiniteMatrixEnds() {
        let matrix = matrix(30, seed: 5, diagonal: 0.1)
        var x = [Double](repeating: 0, count: 30)
        let steps = ConjugateGradients(mostSteps: 50).solve(
            matrix, right: Array(repeating: 1, count: 30), preconditioner: IncompleteCholesky(matrix), x: &x)
        #expect(steps <= 50 && x.allSatisfy { $0.isFinite })
    }

    @Test(arguments: [1, 2] as [UInt64]) func theTreeFindsTheNearest(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        // Rounded, so that many distances are equal.
        let features = (0..<200 * 3).map { _ in (Float.random(in: 0...4, using: &random)).rounded() }
        let tree = FeatureTree(features: features, dimensions: 3)
        var found: [(distance: Float, point: Int32)] = []
        for point in 0..<200 {
            let all = (0..<200).map { other -> (distance: Float, point: Int32) in
                let squares = (0..<3).map { axis in
                    let difference = features[point * 3 + axis] - features[other * 3 + axis]
                    return difference * difference
                }
                return (squares.reduce(0, +), Int32(other))
            }.sorted { $0 < $1 }
            tree.nearest(to: point, count: 7, into: &found)
            #expect(found.map(\.point) == all.prefix(7).map(\.point))
        }
    }

    @Test func symmetricMatricesInvert() {
        var matrix = SymmetricMatrix3.identity.scaled(by: 0.1)
        matrix.add(SIMD3(1, 2, 3), weight: 0.5)
        matrix.add(SIMD3(-1, 0.5, 0.2), weight: 2)
        let vector = SIMD3(0.3, -0.7, 1.1)
        let back = matrix.inverse.times(matrix.times(vector))
        #expect((back - vector).max() < 1e-9 && (vector - back).max() < 1e-9)
        let (value, direction) = matrix.principalAxis
        let image = matrix.times(direction) - direction * value
        #expect((image * image).sum().squareRoot() < 1e-3 * value)
    }
}
