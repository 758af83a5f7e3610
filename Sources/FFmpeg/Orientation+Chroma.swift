internal import Frames

extension Orientation {
    /// Where chroma samples sit once the picture is upright. Unspecified counts as left, as everywhere, where the
    /// picture is turned at all.
    ///
    /// A place at the right, which no tag can say, becomes the centre: half a pixel off, and not a whole one.
    func turned(_ location: ColorDescription.ChromaLocation) -> ColorDescription.ChromaLocation {
        guard self != .upright else { return location }
        // In half luma samples from the first sample of a 2×2 block.
        var (x, y) =
            switch location {
            case .left, .unspecified: (0, 1)
            case .center: (1, 1)
            case .topLeft: (0, 0)
            case .top: (1, 0)
            case .bottomLeft: (0, 2)
            case .bottom: (1, 2)
            }
        if isMirrored { x = 2 - x }
        for _ in 0..<degreesClockwise / 90 { (x, y) = (2 - y, x) }
        return switch (min(x, 1), y) {
        case (0, 0): .topLeft
        case (0, 1): .left
        case (0, _): .bottomLeft
        case (_, 0): .top
        case (_, 1): .center
        default: .bottom
        }
    }
}
