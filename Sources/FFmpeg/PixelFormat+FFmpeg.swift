internal import CFFmpeg
public import Frames

extension PixelFormat {
    /// The format that FFmpeg calls `name`; nil where there is none or a `Frame` cannot hold it.
    public init?(ffmpegName name: String) {
        let format = av_get_pix_fmt(name)
        guard format != AV_PIX_FMT_NONE else { return nil }
        self.init(format)
    }

    /// Describes FFmpeg's format in our terms; nil for palettes, bit streams, hardware surfaces, floats, Bayer
    /// patterns, XYZ and big-endian words, which FFmpeg has to convert first.
    init?(_ format: AVPixelFormat) {
        guard let descriptor = av_pix_fmt_desc_get(format), let name = descriptor.pointee.name else { return nil }
        let text = String(cString: name)
        let flags = Int32(truncatingIfNeeded: descriptor.pointee.flags)
        let unusable =
            AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL
            | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_BE
        // The luma samples of uyyvyy411 are not evenly spaced.
        guard flags & unusable == 0, !text.hasPrefix("xyz"), text != "uyyvyy411" else { return nil }

        let hasAlpha = flags & AV_PIX_FMT_FLAG_ALPHA != 0
        let fields = descriptor.pointee.comp
        let all = [fields.0, fields.1, fields.2, fields.3].prefix(Int(descriptor.pointee.nb_components))
        let components = all.map {
            Component(
                plane: Int($0.plane), stepBytes: Int($0.step), offsetBytes: Int($0.offset), shift: Int($0.shift),
                depth: Int($0.depth))
        }
        let colorCount = components.count - (hasAlpha ? 1 : 0)
        // Words that share bits (rgb565) are read whole and masked in ways that a step and a shift do not describe.
        let isWhole = components.allSatisfy { $0.depth >= 8 && $0.depth <= 16 }
        guard colorCount == 1 || colorCount == 3, isWhole else { return nil }
        let isRGB = flags & AV_PIX_FMT_FLAG_RGB != 0
        self.init(
            name: text, model: colorCount == 1 ? .gray : isRGB ? .rgb : .yuv, components: components,
            hasAlpha: hasAlpha, log2ChromaWidth: Int(descriptor.pointee.log2_chroma_w),
            log2ChromaHeight: Int(descriptor.pointee.log2_chroma_h))
    }

    /// The format nearest to `format` that a `Frame` can hold: the same model, alpha and chroma, depth at least as
    /// large up to 16 bits.
    static func nearest(to format: AVPixelFormat) -> AVPixelFormat {
        let holdable: [PixelFormat] = [
            .gray(), .gray(depth: 16), .rgb24, .rgba, .rgb48, .rgba64, .yuv420(), .yuv422(), .yuv444(),
            .yuv420(depth: 10), .yuv422(depth: 10), .yuv444(depth: 10), .yuv420(depth: 16), .yuv422(depth: 16),
            .yuv444(depth: 16), .yuva420(), .yuva444(), .yuva444(depth: 16),
        ]
        let hasAlpha = (av_pix_fmt_desc_get(format)?.pointee.flags ?? 0) & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0
        let isPalette = (av_pix_fmt_desc_get(format)?.pointee.flags ?? 0) & UInt64(AV_PIX_FMT_FLAG_PAL) != 0
        return holdable.map { av_get_pix_fmt($0.name) }.reduce(AV_PIX_FMT_NONE) { best, candidate in
            av_find_best_pix_fmt_of_2(best, candidate, format, hasAlpha || isPalette ? 1 : 0, nil)
        }
    }
}
