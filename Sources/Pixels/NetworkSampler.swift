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
    /// The size and the samples that RVM's graph takes of a frame at `ratio`, above 0 to 1.
    ///
    /// ONNX's Resize by a factor steps by 1/ratio even where the size times the ratio is no whole number and is rounded
    /// down, so the last samples do not reach the picture's end.
    public static func sample(_ frame: Frame, ratio: Float, pool: FloatPool? = nil) -> FloatImage {
        func scaled(_ length: Int) -> Int { max(Int(Float(length) * ratio), 1) }
        let size = Size(width: scaled(frame.size.width), height: scaled(frame.size.height))
        let picture = FrameReader(pool: size == frame.size ? pool : nil).read(frame)
        return picture.resized(to: size, filter: .bilinear, step: 1 / Double(ratio), pool: pool)
    }
}
