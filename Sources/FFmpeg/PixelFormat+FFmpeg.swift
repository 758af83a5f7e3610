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

    /// The format nearest to `format` that a `Frame` can hold: the same one in native byte order where there is one,
    /// else the same model, alpha and chroma with a depth at least as large, up to 16 bits.
    static func nearest(to format: AVPixelFormat) -> AVPixelFormat {
        let swapped = av_pix_fmt_swap_endianness(format)
        if swapped != AV_PIX_FMT_NONE, PixelFormat(swapped) != nil { return swapped }
        let flags = Int32(truncatingIfNeeded: av_pix_fmt_desc_get(format)?.pointee.flags ?? 0)
        let hasAlpha = flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL) != 0
        let isPlanarRGB = flags & AV_PIX_FMT_FLAG_RGB != 0 && flags & AV_PIX_FMT_FLAG_PLANAR != 0
        let names = isPlanarRGB ? ["gbrp", "gbrap", "gbrp16le", "gbrap16le"] : standIns
        return names.map { av_get_pix_fmt($0) }.reduce(AV_PIX_FMT_NONE) { best, candidate in
            av_find_best_pix_fmt_of_2(best, candidate, format, hasAlpha ? 1 : 0, nil)
        }
    }

    private static let standIns = [
        "gray", "gray16le", "ya8", "ya16le", "rgb24", "rgba", "rgb48le", "rgba64le", "yuv420p", "yuv422p", "yuv444p",
        "yuv411p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p16le", "yuv422p16le", "yuv444p16le", "yuva420p",
        "yuva422p", "yuva444p", "yuva420p16le", "yuva422p16le", "yuva444p16le",
    ]
}
