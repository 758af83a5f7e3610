internal import FFmpeg
internal import Frames

/// Which pixel format suits a codec and the pictures, the best first.
struct FormatChoice {
    let codecName: String
    let video: VideoDescription
    /// Without this, formats with alpha are left out.
    let keepsAlpha: Bool
    /// ProRes 4444 also for opaque pictures.
    let prefersFullChroma: Bool

    /// Codecs whose bit streams keep the fourth component of a format. (Some encoders take "bgra" and drop its alpha.)
    static let codecsWithAlpha: Set<String> = [
        "prores", "ffv1", "vp9", "vp8", "png", "apng", "webp", "tiff", "qtrle", "rawvideo", "huffyuv", "ffvhuff",
        "utvideo", "magicyuv", "cfhd", "jpegxl", "exr", "targa", "jpeg2000",
    ]

    /// FFmpeg's names in the order of preference.
    var names: [String] {
        if video.isGray, let gray = grayNames { return gray + opaqueNames }
        return (keepsAlpha ? alphaNames : []) + opaqueNames
    }

    private var isDeep: Bool { video.depth > 8 }

    /// The narrowest of the depths that holds the source's, 16 if none does.
    private func deep(_ name: String, _ depths: [Int]) -> String {
        "\(name)\(depths.first { $0 >= video.depth } ?? 16)le"
    }

    private var grayNames: [String]? {
        switch codecName {
        case "ffv1": [isDeep ? deep("gray", [10, 12]) : "gray", "gray"]
        case "png", "apng": [isDeep ? "gray16be" : "gray"]
        case "tiff": [isDeep ? "gray16le" : "gray"]
        default: nil
        }
    }

    private var alphaNames: [String] {
        switch codecName {
        case "prores": return ["yuva444p10le"]
        // RGB, so that neither colour nor alpha is changed by a matrix; FFmpeg's FFV1 has no 8-bit planar RGBA.
        case "ffv1": return isDeep ? [deep("gbrap", [10, 12])] : ["bgra"]
        case "png", "apng": return [isDeep ? "rgba64be" : "rgba"]
        case "tiff": return [isDeep ? "rgba64le" : "rgba"]
        case "webp": return ["bgra"]
        case "vp9", "vp8": return ["yuva420p"]
        default:
            let shallow = ["yuva444p", "rgba", "bgra", "gbrap", "yuva422p", "yuva420p"]
            return isDeep ? ["yuva444p10le", "gbrap10le", "gbrap12le", "rgba64le", "rgba64be"] + shallow : shallow
        }
    }

    private var opaqueNames: [String] {
        switch codecName {
        case "prores": return [prefersFullChroma ? "yuv444p10le" : "yuv422p10le"]
        case "ffv1": return [isDeep ? deep("yuv444p", [10, 12]) : "yuv444p"]
        case "png", "apng": return [isDeep ? "rgb48be" : "rgb24"]
        case "tiff": return [isDeep ? "rgb48le" : "rgb24"]
        case "webp": return ["yuv420p"]
        // Stills keep the colour of every pixel; all JPEG readers know 4:4:4.
        case "mjpeg": return ["yuv444p"]
        default:
            let shallow = [
                "yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p", "nv12", "rgb24", "bgr24", "gbrp",
                "bgr0", "rgba", "bgra", "gray",
            ]
            return isDeep ? ["yuv420p10le", "yuv422p10le", "yuv444p10le", "p010le"] + shallow : shallow
        }
    }

    /// The frames' format for an encoder's format: the same but in native byte order, and with the range as a tag.
    static func frameFormatName(for stored: String) -> String {
        if stored.hasSuffix("be") { return stored.dropLast(2) + "le" }
        if stored.hasPrefix("yuvj") { return "yuv" + stored.dropFirst(4) }
        return stored
    }

    /// The tags to write for pictures stored as `format` by `codecName`.
    func color(storedAs format: PixelFormat, name: String, size: Size) -> ColorDescription {
        var color = video.color
        if format.model != .rgb, color.matrix == .rgb {
            // The source's whole range belonged to R'G'B'.
            color.matrix = .unspecified
            color.range = .unspecified
        }
        switch codecName {
        case "mjpeg":
            // JFIF 1.02, section 1: BT.601, whole range; samples centred.
            color.matrix = .bt470bg
            color.range = .full
            color.chromaLocation = .center
        case "webp", "vp8":
            // RFC 9649 section 2.5 and VP8 (RFC 6386 section 9.2): BT.601.
            color.matrix = .smpte170m
            color.range = .limited
        case "prores":
            // Neither the bit stream nor QuickTime's 'nclc' box can say whole range.
            color.range = .limited
        default:
            if video.isGray || name.hasPrefix("yuvj") { color.range = .full }
        }
        if format.model != .yuv { color.range = .full }
        return color.resolved(for: size, format: format)
    }
}
