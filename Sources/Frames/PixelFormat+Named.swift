extension PixelFormat {
    /// One plane per component: gray, yuv, yuva, gbrp, gbrap.
    ///
    /// - Parameter planes: plane index of each component, in component order.
    private static func planar(
        _ name: String, _ model: Model, depth: Int, planes: [Int], hasAlpha: Bool = false, chroma: (Int, Int) = (0, 0)
    ) -> PixelFormat {
        let bytes = depth > 8 ? 2 : 1
        return PixelFormat(
            name: depth > 8 ? "\(name)\(depth)le" : name, model: model,
            components: planes.map { .init(plane: $0, stepBytes: bytes, offsetBytes: 0, shift: 0, depth: depth) },
            hasAlpha: hasAlpha, log2ChromaWidth: chroma.0, log2ChromaHeight: chroma.1)
    }

    private static func packed(_ name: String, depth: Int, hasAlpha: Bool) -> PixelFormat {
        let bytes = depth > 8 ? 2 : 1
        let count = hasAlpha ? 4 : 3
        return PixelFormat(
            name: name, model: .rgb,
            components: (0..<count).map {
                .init(plane: 0, stepBytes: count * bytes, offsetBytes: $0 * bytes, shift: 0, depth: depth)
            }, hasAlpha: hasAlpha)
    }

    /// Grey, 8 to 16 bits ("gray", "gray10le").
    public static func gray(depth: Int = 8) -> PixelFormat { planar("gray", .gray, depth: depth, planes: [0]) }

    /// Planar Y'CbCr 4:2:0.
    public static func yuv420(depth: Int = 8) -> PixelFormat {
        planar("yuv420p", .yuv, depth: depth, planes: [0, 1, 2], chroma: (1, 1))
    }

    /// Planar Y'CbCr 4:2:2.
    public static func yuv422(depth: Int = 8) -> PixelFormat {
        planar("yuv422p", .yuv, depth: depth, planes: [0, 1, 2], chroma: (1, 0))
    }

    /// Planar Y'CbCr 4:4:4.
    public static func yuv444(depth: Int = 8) -> PixelFormat {
        planar("yuv444p", .yuv, depth: depth, planes: [0, 1, 2])
    }

    /// Planar Y'CbCr 4:2:0 with alpha at full size.
    public static func yuva420(depth: Int = 8) -> PixelFormat {
        planar("yuva420p", .yuv, depth: depth, planes: [0, 1, 2, 3], hasAlpha: true, chroma: (1, 1))
    }

    /// Planar Y'CbCr 4:4:4 with alpha.
    public static func yuva444(depth: Int = 8) -> PixelFormat {
        planar("yuva444p", .yuv, depth: depth, planes: [0, 1, 2, 3], hasAlpha: true)
    }

    /// Planar RGB; FFmpeg's plane order is G, B, R.
    public static func gbrp(depth: Int = 8) -> PixelFormat {
        planar("gbrp", .rgb, depth: depth, planes: [2, 0, 1])
    }

    /// Planar RGB with alpha; FFmpeg's plane order is G, B, R, A.
    public static func gbrap(depth: Int = 8) -> PixelFormat {
        planar("gbrap", .rgb, depth: depth, planes: [2, 0, 1, 3], hasAlpha: true)
    }

    /// Y' plane, then interleaved Cb and Cr, 4:2:0.
    public static let nv12 = PixelFormat(
        name: "nv12", model: .yuv,
        components: [
            .init(plane: 0, stepBytes: 1, offsetBytes: 0, shift: 0, depth: 8),
            .init(plane: 1, stepBytes: 2, offsetBytes: 0, shift: 0, depth: 8),
            .init(plane: 1, stepBytes: 2, offsetBytes: 1, shift: 0, depth: 8),
        ], hasAlpha: false, log2ChromaWidth: 1, log2ChromaHeight: 1)

    public static let rgb24 = packed("rgb24", depth: 8, hasAlpha: false)
    public static let rgba = packed("rgba", depth: 8, hasAlpha: true)
    public static let rgb48 = packed("rgb48le", depth: 16, hasAlpha: false)
    public static let rgba64 = packed("rgba64le", depth: 16, hasAlpha: true)
}
