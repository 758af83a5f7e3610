internal import Frames

/// Where the chroma samples of one axis lie among the luma samples, and the filters that go up and down between them.
struct ChromaSiting {
    /// Luma samples per chroma sample: 1, 2 or 4.
    let factor: Int
    /// Per luma sample of a group: the first of the two chroma samples it lies between (-1 or 0, relative to the
    /// group's own) and how far it is on the way to the next.
    let first: [Int32]
    let fraction: [Float]
    /// The way down: `taps` begin `tapsStart` luma samples after the first of the group.
    let tapsStart: Int
    let taps: [Float]

    private enum Place { case first, middle, last }

    static func horizontal(_ format: PixelFormat, _ location: ColorDescription.ChromaLocation) -> ChromaSiting {
        let place: Place =
            switch location {
            case .center, .top, .bottom: .middle
            case .unspecified, .left, .topLeft, .bottomLeft: .first
            }
        return ChromaSiting(factor: 1 << min(format.log2ChromaWidth, 2), place)
    }

    static func vertical(_ format: PixelFormat, _ location: ColorDescription.ChromaLocation) -> ChromaSiting {
        let place: Place =
            switch location {
            case .topLeft, .top: .first
            case .bottomLeft, .bottom: .last
            case .unspecified, .left, .center: .middle
            }
        return ChromaSiting(factor: 1 << min(format.log2ChromaHeight, 2), place)
    }

    private init(factor: Int, _ place: Place) {
        self.factor = factor
        // Place of the chroma sample, in luma samples from the first of its group.
        let site: Double =
            switch place {
            case .first: 0
            case .middle: Double(factor - 1) / 2
            case .last: Double(factor - 1)
            }
        let positions = (0..<factor).map { (Double($0) - site) / Double(factor) }
        first = positions.map { Int32($0.rounded(.down)) }
        fraction = positions.map { Float($0 - $0.rounded(.down)) }
        switch (factor, place) {
        case (1, _): (tapsStart, taps) = (0, [1])
        case (2, .first): (tapsStart, taps) = (-2, Self.cosited)
        case (2, .last): (tapsStart, taps) = (-1, Self.cosited)
        case (2, .middle): (tapsStart, taps) = (-1, Self.centered)
        case (_, .middle): (tapsStart, taps) = (0, [Float](repeating: 1 / Float(factor), count: factor))
        // A triangle around the sample.
        case (_, _):
            tapsStart = Int(site) - factor + 1
            let count = 2 * factor - 1
            taps = (0..<count).map { Float(factor - abs($0 - factor + 1)) / Float(factor * factor) }
        }
    }

    // A picture that only passes through must come out as it came in, but a low-pass filter such as [1 2 1] after
    // linear interpolation blurs chroma a little each time. These filters undo the interpolation: the first exactly (it
    // is the analysis filter of the LeGall 5/3 wavelet, whose synthesis filter is linear interpolation), the second
    // nearly. Its exact counterpart [-1 3 3 -1]/4 would overshoot twice as much at new edges, for a gain that no
    // decoded clip shows: over 99 % of chroma codes of real footage come back unchanged either way.
    private static let cosited: [Float] = [-1, 2, 6, 2, -1].map { $0 / 8 }
    private static let centered: [Float] = [-1, 5, 5, -1].map { $0 / 8 }
}
