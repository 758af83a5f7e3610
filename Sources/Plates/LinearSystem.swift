/// A small dense system of linear equations.
enum LinearSystem {
    /// Gaussian elimination with partial pivoting.
    ///
    /// - Parameters:
    ///   - matrix: square, row by row.
    ///   - right: as many values as the matrix has rows.
    /// - Returns: nil where the equations do not say enough.
    static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
        let count = right.count
        guard matrix.count == count * count else { return nil }
        var (matrix, right) = (matrix, right)
        let scale = matrix.reduce(0) { max($0, abs($1)) }
        guard scale > 0, scale.isFinite else { return nil }
        for column in 0..<count {
            var pivot = column
            for row in column..<count where abs(matrix[row * count + column]) > abs(matrix[pivot * count + column]) {
                pivot = row
            }
            guard abs(matrix[pivot * count + column]) > scale * 1e-14 else { return nil }
            if pivot != column {
                for other in 0..<count { matrix.swapAt(column * count + other, pivot * count + other) }
                right.swapAt(column, pivot)
            }
            for row in (column + 1)..<max(count, column + 1) {
                let factor = matrix[row * count + column] / matrix[column * count + column]
                guard factor != 0 else { continue }
                for other in column..<count {
                    matrix[row * count + other] -= factor * matrix[column * count + other]
                }
                right[row] -= factor * right[column]
            }
        }
        for row in (0..<count).reversed() {
            for other in (row + 1)..<max(count, row + 1) { right[row] -= matrix[row * count + other] * right[other] }
            right[row] /= matrix[row * count + row]
        }
        return right.allSatisfy(\.isFinite) ? right : nil
    }
}
