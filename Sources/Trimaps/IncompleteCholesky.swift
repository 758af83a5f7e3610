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
        var work = ColumnWork(matrix, shift: shift)
        for column in 0..<count {
            work.gather(column, matrix, rows: rows, values: values)
            var pivot = work.diagonal[column]
            if !(pivot > 0 && pivot.isFinite) {
                guard isDominant else { return nil }
                pivot = shift
            }
            let scale = 1 / pivot.squareRoot()
            inverse[column] = scale
            work.keep(scale: scale, threshold: threshold, rows: rows, values: values)
            starts.append(rows.count)
            work.link(column, starts[column]..<rows.count, rows: rows)
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

/// The column that is being factored, and the lists of those that reach into later ones.
private struct ColumnWork {
    private(set) var diagonal: [Double]
    /// Values of the column by row; zero outside of `touched`.
    private var column: [Double]
    private var isTouched: [Bool]
    private var touched: [Int32] = []
    /// The first column whose next entry lies in a row; −1 for none.
    private var first: [Int32]
    /// The next one after a column in the same row.
    private var following: [Int32]
    /// Where a column's next entry lies, and where its entries end.
    private var next: [Int]
    private var end: [Int]

    init(_ matrix: SparseMatrix, shift: Double) {
        let count = matrix.rowCount
        diagonal = matrix.diagonal.map { $0 + shift }
        column = Array(repeating: 0, count: count)
        isTouched = Array(repeating: false, count: count)
        first = Array(repeating: -1, count: count)
        following = first
        next = Array(repeating: 0, count: count)
        end = next
    }

    /// Below the diagonal: the matrix's own entries, less what earlier columns take off.
    mutating func gather(
        _ index: Int, _ matrix: SparseMatrix, rows: GrowingArray<Int32>, values: GrowingArray<Float>
    ) {
        touched.removeAll(keepingCapacity: true)
        for entry in matrix.starts[index]..<matrix.starts[index + 1] where matrix.columns[entry] > Int32(index) {
            let row = matrix.columns[entry]
            column[Int(row)] = matrix.values[entry]
            isTouched[Int(row)] = true
            touched.append(row)
        }
        var earlier = first[index]
        while earlier >= 0 {
            let before = Int(earlier)
            earlier = following[before]
            let place = next[before]
            let (last, here) = (end[before], Double(values.elements[place]))
            column.withUnsafeMutableBufferPointer { column in
                isTouched.withUnsafeMutableBufferPointer { isTouched in
                    for entry in place + 1..<max(last, place + 1) {
                        let row = rows.elements[entry]
                        column[Int(row)] -= here * Double(values.elements[entry])
                        if !isTouched[Int(row)] {
                            isTouched[Int(row)] = true
                            touched.append(row)
                        }
                    }
                }
            }
            link(before, place + 1..<last, rows: rows)
        }
    }

    /// Stores what is large enough, in the order of rows, and takes its square off the later diagonals.
    mutating func keep(scale: Double, threshold: Double, rows: GrowingArray<Int32>, values: GrowingArray<Float>) {
        touched.sort()
        for row in touched {
            let value = column[Int(row)] * scale
            column[Int(row)] = 0
            isTouched[Int(row)] = false
            diagonal[Int(row)] -= value * value
            if abs(value) >= threshold {
                rows.append(row)
                values.append(Float(value))
            }
        }
    }

    /// Puts a column into the list of the row of its next entry.
    mutating func link(_ index: Int, _ entries: Range<Int>, rows: GrowingArray<Int32>) {
        guard let place = entries.first else { return }
        next[index] = place
        end[index] = entries.upperBound
        let row = Int(rows.elements[place])
        following[index] = first[row]
        first[row] = Int32(index)
    }
}
