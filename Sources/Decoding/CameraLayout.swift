internal import FFmpeg
internal import Frames
internal import V4L2

/// How the pictures of one of Video4Linux's formats lie in a buffer, and how they become frames.
struct CameraLayout {
    /// Nil for pictures that are JPEGs.
    let pixels: PixelFormat?

    /// Formats that can be used, the cheapest to use first, with FFmpeg's names.
    static let usable: [(format: String, pixels: String?)] = [
        ("YU12", "yuv420p"), ("NV12", "nv12"), ("YUYV", "yuyv422"), ("UYVY", "uyvy422"), ("YVYU", "yvyu422"),
        ("RGB3", "rgb24"), ("BGR3", "bgr24"), ("MJPG", nil), ("JPEG", nil),
    ]

    /// Nil for a format that the program cannot use.
    static func named(_ format: String) -> CameraLayout? {
        guard let entry = usable.first(where: { $0.format == format }) else { return nil }
        guard let name = entry.pixels else { return CameraLayout(pixels: nil) }
        return PixelFormat(ffmpegName: name).map { CameraLayout(pixels: $0) }
    }

    /// Copies a buffer's picture, so that the driver can have the buffer back.
    ///
    /// - Parameters:
    ///   - bytes: what the driver filled.
    ///   - strideBytes: of the first plane.
    /// - Returns: false where the bytes are too few.
    static func copy(_ bytes: UnsafeRawBufferPointer, strideBytes: Int, to buffer: FrameBuffer) -> Bool {
        let planes = BufferPlane.all(of: buffer.format, size: buffer.size, strideBytes: strideBytes)
        guard let base = bytes.baseAddress, planes.allSatisfy({ $0.endBytes <= bytes.count }) else { return false }
        for (index, plane) in planes.enumerated() {
            buffer.withMutablePlane(index) { target, targetStride in
                for row in 0..<plane.rows {
                    let source = base + (plane.offsetBytes + row * plane.strideBytes)
                    (target + row * targetStride).copyMemory(from: source, byteCount: plane.rowBytes)
                }
            }
        }
        return true
    }
}
