import FFmpeg
import Frames

/// Makes pictures small enough for a terminal. Used by one thread at a time.
final class PictureShrinker {
    private var filter: PictureFilter?
    private var size: Size?

    /// The frame in its own shape, as R'G'B' of 8 bits, as large as there is room; width and height are even.
    func shrink(_ frame: Frame, into room: Size) throws -> Frame {
        let scale = min(
            Double(room.width) / Double(max(frame.size.width, 1)),
            Double(room.height) / Double(max(frame.size.height, 1)))
        let size = Size(
            width: max(2, Int(Double(frame.size.width) * scale) & ~1),
            height: max(2, Int(Double(frame.size.height) * scale) & ~1))
        let filter =
            self.size == size
            ? self.filter
            : nil
                ?? PictureFilter(["scale=\(size.width):\(size.height):flags=area", "format=rgb24"])
        (self.filter, self.size) = (filter, size)
        guard let small = try filter?.apply(frame), small.format == .rgb24, small.size == size else {
            throw MatteError(.internal, "FFmpeg's scale gave no picture of \(size)")
        }
        return small
    }
}
