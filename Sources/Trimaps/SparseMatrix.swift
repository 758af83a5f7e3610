/// A symmetric sparse matrix, its rows one after the other (compressed sparse rows), columns ascending.
struct SparseMatrix {
    /// Of each row the place of its first entry; one more for the end.
    private(set) var starts: [Int] = [0]
    private(set) var columns: [Int32] = []
    private(set) var values: [Double] = []

    var rowCount: Int { starts.count - 1 }

    init(capacity: Int) {
        columns.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }

    /// Adds an entry to the row that is being written; columns must ascend.
    mutating func append(column: Int32, value: Double) {
        columns.append(column)
        values.append(value)
    }

    mutating func endRow() { starts.append(columns.count) }

    /// result = matrix · vector
    func multiply(_ vector: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
        starts.withUnsafeBufferPointer { starts in
            columns.withUnsafeBufferPointer { columns in
                values.withUnsafeBufferPointer { values in
                    for row in 0..<rowCount {
                        var sum = 0.0
                        for entry in starts[row]..<starts[row + 1] {
                            sum += values[entry] * vector[Int(columns[entry])]
                        }
                        result[row] = sum
                    }
                }
            }
        }
    }

    /// The diagonal; 0 where there is no entry.
    var diagonal: [Double] {
        (0..<rowCount).map { row in
            (starts[row]..<starts[row + 1]).first { columns[$0] == Int32(row) }.map { values[$0] } ?? 0
        }
    }
}
