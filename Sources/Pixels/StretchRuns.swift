internal import CKernels

/// Linear interpolation along an axis to many more samples, as runs of new samples between the same two old ones:
/// without gathers.
struct StretchRuns {
    /// With fewer new samples for each old one, gathers are faster.
    static let leastFactor = 3

    /// Where the new samples begin that lie between one old sample and the next; one more for the end.
    let first: [Int32]
    /// Weights of the two old samples; readable beyond the end, as the kernel reads whole vectors.
    let left: [Float]
    let right: [Float]

    /// - Parameters:
    ///   - start: the first of two old samples of each new one, ascending.
    ///   - weights: of the first old samples, then of the second ones.
    ///   - old: how many old samples there are, at least 2.
    init(start: [Int32], weights: [Float], from old: Int) {
        var first: [Int32] = []
        first.reserveCapacity(old)
        for (new, old) in start.enumerated() {
            while first.count <= Int(old) { first.append(Int32(new)) }
        }
        while first.count < old { first.append(Int32(start.count)) }
        self.first = first
        let padding = [Float](repeating: 0, count: 8)
        left = weights[..<start.count] + padding
        right = weights[start.count...] + padding
    }

    /// - Parameters:
    ///   - row: old samples, `width` of them.
    ///   - target: of scratch memory, since up to 8 floats more than there are new samples are written.
    func stretch(_ row: UnsafePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>) {
        var target: UnsafeMutablePointer<Float>? = target
        matte_stretch(row, width, first, first.count - 1, left, right, &target, 1)
    }
}
