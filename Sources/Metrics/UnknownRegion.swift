public import Frames

/// The part of a picture that a trimap leaves open: only there do the errors of trimap benchmarks count.
public struct UnknownRegion: Sendable {
    public let size: Size
    /// Of the open pixels, row by row.
    let indices: [Int]

    /// Open pixels.
    public var count: Int { indices.count }

    /// Whether every value of the trimap was one of its three (0, 128, 255 of 8 bits, give or take a code).
    public let isExact: Bool

    /// - Parameter trimap: one channel; 0 background, 1/2 unknown, 1 subject. Other values count as the nearest.
    public init(of trimap: FloatImage) {
        size = trimap.size
        var indices: [Int] = []
        var isExact = true
        trimap.withFloats { values in
            for (index, value) in values.enumerated() {
                if value > 0.25, value < 0.75 { indices.append(index) }
                let code = 255 * value
                if code > 1.5, code < 253.5, code < 126.5 || code > 129.5 { isExact = false }
            }
        }
        self.indices = indices
        self.isExact = isExact
    }
}
