public import Frames

/// Frames at the size a network works on.
public enum NetworkSampler {
    /// The frame as R'G'B' of 0…1, sampled as the published networks do: two samples per axis of the picture at its
    /// own size, without antialiasing (PyTorch's `interpolate(mode="bilinear", align_corners=False)`).
    ///
    /// - Parameter pool: gives the memory of the result.
    public static func sample(_ frame: Frame, to size: Size, pool: FloatPool? = nil) -> FloatImage {
        FrameReader(pool: size == frame.size ? pool : nil).read(frame).resized(to: size, filter: .bilinear, pool: pool)
    }
}
