public import Frames
internal import Pixels

extension FloatImage {
    /// The picture as large as fits into `bounds`, with its own proportions.
    public func fitted(into bounds: Size) -> FloatImage {
        guard size.pixelCount > 0, bounds.pixelCount > 0 else { return self }
        let scale = min(
            Double(bounds.width) / Double(size.width), Double(bounds.height) / Double(size.height))
        let target = Size(
            width: max(1, Int((Double(size.width) * scale).rounded())),
            height: max(1, Int((Double(size.height) * scale).rounded())))
        // A small picture keeps its pixels in sight; a large one loses none of its fine lines.
        return resized(to: target, filter: .area)
    }
}
