/// An incomplete Cholesky factor with a threshold, as a preconditioner: L·Lᵀ ≈ matrix, small entries of L left out.
///
/// Column after column; which earlier columns reach into the next one is kept in linked lists (Jones and Plassmann, "An
/// improved incomplete Cholesky factorization", 1995). Entries are stored in single precision: a preconditioner may be a
/// little off, and half the memory is half the time.
struct IncompleteCholesky: Preconditioner {
    private let starts: [Int]
    private let rows: GrowingArray<Int32>
    private let values: GrowingArray<Float>
    private let inverseDiagonal: [Double]

    /// - Parameter threshold: smaller entries of L are left out. Those of a matting Laplacian's are below 3.
    init(_ matrix: SparseMatrix, threshold: Double = 3e-4) {
        // Leaving out entries can cost positive definiteness; more on the diagonal brings it back.
        var shift = 0.0
        while true {
            if let factor = IncompleteCholesky(matrix, threshold: threshold, shift: shift) {
                self = factor
                return
            }
            shift = shift == 0 ? 1e-3 : shift * 10
        }
    }

    private init?(_ matrix: SparseMatrix, threshold: Double, shift: Double) {
        let count = matrix.rowCount
        // Every row sums to at most twice its diagonal, so that this shift ends the search.
        let largest = matrix.diagonal.max() ?? 0
        let isDominant = shift > 100 * max(largest, 1)
        var starts = [0]
        starts.reserveCapacity(count + 1)
        let rows = GrowingArray<Int32>(capacity: matrix.columns.count)
        let values = GrowingArray<Float>(capacity: matrix.columns.count)
        var inverse = [Double](repeating: 0, count: count)
        let work = ColumnWork(matrix, shift: shift)
        for column in 0..<count {
            work.gather(column, matrix, rows: rows, values: values)
            var pivot = work.pivot(column)
            if !(pivot > 0 && pivot.isFinite) {
                guard isDominant else { return nil }
                pivot = shift
            }
            let scale = 1 / pivot.squareRoot()
            inverse[column] = scale
            work.keep(scale: scale, threshold: threshold, rows: rows, values: values, after: column)
            starts.append(rows.count)
            work.link(column, starts[column], end: rows.count, rows: rows)
        }
        self.starts = starts
        self.rows = rows
        self.values = values
        inverseDiagonal = inverse
    }

    func apply(_ vector: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
        let (rows, values) = (rows.elements, values.elements)
        let count = inverseDiagonal.count
        result.update(from: vector, count: count)
        inverseDiagonal.withUnsafeBufferPointer { inverse in
            starts.withUnsafeBufferPointer { starts in
                for column in 0..<count {
                    let value = result[column] * inverse[column]
                    result[column] = value
                    for entry in starts[column]..<starts[column + 1] {
                        result[Int(rows[entry])] -= Double(values[entry]) * value
                    }
                }
                for column in stride(from: count - 1, through: 0, by: -1) {
                    var sum = result[column]
                    for entry in starts[column]..<starts[column + 1] {
                        sum -= Double(values[entry]) * result[Int(rows[entry])]
                    }
                    result[column] = sum * inverse[column]
                }
            }
        }
    }
}
