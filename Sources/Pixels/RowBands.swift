internal import Dispatch
internal import Synchronization

/// Cuts the rows of a picture into bands that run side by side.
///
/// Every row is computed the same way whichever band it falls in, so the result does not depend on the machine.
package enum RowBands {
    /// More bands than a desktop has cores, so that a slow core does not hold up the rest.
    private static let bandCount = 16
    /// Below this many samples the hand-over to other threads costs more than it saves.
    private static let inlineSamples = 1 << 15
    private static let usesOneThread = Atomic(false)

    /// From now on all rows of a picture are computed by the thread that asks for them.
    package static func useOneThread() { usesOneThread.store(true, ordering: .relaxed) }

    /// Calls `body` with disjoint ranges that cover `0..<rows`, from several threads at once for large pictures.
    ///
    /// - Parameters:
    ///   - samples: about how many samples one row touches.
    ///   - step: ranges begin at multiples of it.
    package static func run(_ rows: Int, samplesPerRow samples: Int, step: Int = 1, _ body: (Range<Int>) -> Void) {
        guard rows > 0 else { return }
        guard rows * max(samples, 1) > inlineSamples, !usesOneThread.load(ordering: .relaxed) else {
            return body(0..<rows)
        }
        let steps = (rows + step - 1) / step
        let bands = min(bandCount, steps)
        // What `body` captures crosses threads unchecked: bands read what nobody writes and write rows of their own.
        nonisolated(unsafe) let body = body
        // `concurrentPerform` returns when the last band is done, and each band writes only its own rows.
        DispatchQueue.concurrentPerform(iterations: bands) { band in
            let first = steps * band / bands * step
            let end = min(rows, steps * (band + 1) / bands * step)
            if first < end { body(first..<end) }
        }
    }
}

/// Rows of floats for one band's intermediate results; each may be read a little before its first and after its last.
struct RowScratch {
    private let memory: UnsafeMutablePointer<Float>
    private let rowFloats: Int
    static let margin = 16

    /// Calls `body` with room for `rows` rows of `width` floats, of undefined values, each with `margin` floats on
    /// both sides.
    static func with(rows: Int, width: Int, _ body: (RowScratch) -> Void) {
        let rowFloats = (width + 2 * margin + 15) / 16 * 16
        let block = ScratchShelf.shared.take(floats: rowFloats * rows)
        defer { ScratchShelf.shared.put(block) }
        body(RowScratch(memory: block.pointer, rowFloats: rowFloats))
    }

    /// What is left without the first rows.
    func dropping(_ rows: Int) -> RowScratch { RowScratch(memory: memory + rows * rowFloats, rowFloats: rowFloats) }

    /// The first float of a row; the margins lie before and after.
    subscript(row: Int) -> UnsafeMutablePointer<Float> { memory + row * rowFloats + Self.margin }
}

extension UnsafeMutablePointer<Float> {
    /// Repeats the first and the last of `count` floats into the margins, `reach` times each.
    func replicateEnds(count: Int, reach: Int) {
        guard count > 0 else { return }
        for step in 1...max(reach, 1) {
            self[-step] = self[0]
            self[count - 1 + step] = self[count - 1]
        }
    }
}
