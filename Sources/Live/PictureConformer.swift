import FFmpeg
import Frames

/// Brings camera pictures to the output's size and way round before they are matted, so that one pass can render them.
/// Used by one thread at a time.
final class PictureConformer {
    private let size: Size
    private var filter: PictureFilter?
    private var filters: [String] = []

    /// - Parameter size: of the output. What a picture of another shape has too much is cut off on both sides.
    init(size: Size) { self.size = size }

    /// The picture in the output's size, with square pixels.
    func conform(_ captured: Frame, mirrored: Bool) throws -> Frame {
        var frame = captured
        frame.duration = 0
        // The matrix that is guessed for untagged pictures goes by the camera's size, not by the output's.
        frame.color = frame.color.resolved(for: frame.size, format: frame.format)
        let needed = filters(for: frame, mirrored: mirrored)
        frame.sampleAspectRatio = .unknown
        guard !needed.isEmpty else { return frame }
        if needed != filters {
            filter = PictureFilter(needed)
            filters = needed
        }
        return try filter?.apply(frame) ?? frame
    }

    private func filters(for frame: Frame, mirrored: Bool) -> [String] {
        var filters: [String] = []
        let aspect = frame.sampleAspectRatio.isKnown ? frame.sampleAspectRatio.doubleValue : 1
        let width = (Double(frame.size.width) * aspect).rounded()
        let isSquare = aspect == 1 || !aspect.isFinite || !(0.1...10).contains(aspect)
        if frame.size != size || !isSquare {
            let shape = isSquare ? "iw/ih" : "\(Int(width))/ih"
            let (width, height) = (size.width, size.height)
            // The smallest size of the camera's shape that covers the output.
            filters.append(
                "scale=w='max(\(width),ceil(\(height)*\(shape)))':h='max(\(height),ceil(\(width)/(\(shape))))'"
                    + ":flags=bilinear")
            filters.append("crop=\(width):\(height)")
        }
        if mirrored { filters.append("hflip") }
        return filters
    }
}
