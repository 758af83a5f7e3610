/// The column that is being factored, and the lists of those that reach into later ones.
///
/// Its entries are added up in place, and blocks of rows are marked where there are some, so that they come out in the
/// order of rows without sorting.
final class ColumnWork {
    private typealias Block = SIMD8<Double>

    private static let blockRows = Block.scalarCount
    private let count: Int
    /// What is left of the diagonal. As all that is read by blocks it is as long as whole blocks are.
    private let diagonal: UnsafeMutablePointer<Double>
    /// Values of the column by row, zero in blocks that are not marked.
    private let column: UnsafeMutablePointer<Double>
    /// Blocks with entries; one more than there are, so that the search for marks ends.
    private let isMarked: UnsafeMutablePointer<Bool>
    /// The last row with an entry.
    private var last = 0
    /// The first column whose next entry lies in a row; −1 for none.
    private let first: UnsafeMutablePointer<Int32>
    /// The next one after a column in the same row.
    private let following: UnsafeMutablePointer<Int32>
    /// Where a column's next entry lies, and where its entries end.
    private let next: UnsafeMutablePointer<Int>
    private let end: UnsafeMutablePointer<Int>

    init(_ matrix: SparseMatrix, shift: Double) {
        func filled<Element>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<Element> {
            let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
            pointer.initialize(repeating: value, count: max(count, 1))
            return pointer
        }
        count = matrix.rowCount
        let blocks = count / Self.blockRows + 1
        diagonal = filled(blocks * Self.blockRows, 0)
        for (row, value) in matrix.diagonal.enumerated() { diagonal[row] = value + shift }
        column = filled(blocks * Self.blockRows, 0)
        isMarked = filled(blocks, false)
        first = filled(count, -1)
        following = filled(count, -1)
        next = filled(count, 0)
        end = filled(count, 0)
    }

    deinit {
        diagonal.deallocate()
        column.deallocate()
        isMarked.deallocate()
        first.deallocate()
        following.deallocate()
        next.deallocate()
        end.deallocate()
    }

    /// What is left of a diagonal entry when all earlier columns are done.
    func pivot(_ row: Int) -> Double { diagonal[row] }

    /// Below the diagonal: the matrix's own entries, less what earlier columns take off.
    func gather(_ index: Int, _ matrix: SparseMatrix, rows: GrowingArray<Int32>, values: GrowingArray<Float>) {
        last = index
        for entry in matrix.starts[index]..<matrix.starts[index + 1] where matrix.columns[entry] > Int32(index) {
            let row = Int(matrix.columns[entry])
            column[row] = matrix.values[entry]
            isMarked[row / Self.blockRows] = true
            last = max(last, row)
        }
        let (rows, values) = (rows.elements, values.elements)
        var earlier = first[index]
        while earlier >= 0 {
            let before = Int(earlier)
            earlier = following[before]
            let (place, stop) = (next[before], end[before])
            let here = Double(values[place])
            for entry in place + 1..<max(stop, place + 1) {
                let row = Int(rows[entry])
                column[row] -= here * Double(values[entry])
                isMarked[row / Self.blockRows] = true
            }
            last = max(last, Int(rows[stop - 1]))
            link(before, place + 1, end: stop, rows: rows)
        }
    }

    /// Stores what is large enough, in the order of rows, and takes its square off the later diagonals.
    func keep(
        scale: Double, threshold: Double, rows: GrowingArray<Int32>, values: GrowingArray<Float>, after index: Int
    ) {
        for block in (index + 1) / Self.blockRows...max(last, index + 1) / Self.blockRows where isMarked[block] {
            isMarked[block] = false
            let start = block * Self.blockRows
            let scaled = Self.load(column + start) * scale
            Self.store(.zero, to: column + start)
            Self.store(Self.load(diagonal + start) - scaled * scaled, to: diagonal + start)
            rows.reserve(Self.blockRows)
            values.reserve(Self.blockRows)
            for place in 0..<Self.blockRows where scaled[place] != 0 && abs(scaled[place]) >= threshold {
                rows.appendReserved(Int32(start + place))
                values.appendReserved(Float(scaled[place]))
            }
        }
    }

    /// Puts a column into the list of the row of its next entry.
    func link(_ index: Int, _ place: Int, end stop: Int, rows: GrowingArray<Int32>) {
        link(index, place, end: stop, rows: rows.elements)
    }

    private func link(_ index: Int, _ place: Int, end stop: Int, rows: UnsafeMutablePointer<Int32>) {
        guard place < stop else { return }
        next[index] = place
        end[index] = stop
        let row = Int(rows[place])
        following[index] = first[row]
        first[row] = Int32(index)
    }

    private static func load(_ pointer: UnsafeMutablePointer<Double>) -> Block {
        UnsafeRawPointer(pointer).loadUnaligned(as: Block.self)
    }

    private static func store(_ block: Block, to pointer: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: block, as: Block.self)
    }
}
