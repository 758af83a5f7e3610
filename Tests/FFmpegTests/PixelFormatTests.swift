import CFFmpeg
import Frames
import Testing

@testable import FFmpeg

@Suite struct PixelFormatTests {
    private static let named: [PixelFormat] =
        [.nv12, .rgb24, .rgba, .rgb48, .rgba64]
        + [8, 9, 10, 12, 14, 16].flatMap { depth -> [PixelFormat] in
            var formats: [PixelFormat] = [
                .gray(depth: depth), .yuv420(depth: depth), .yuv422(depth: depth), .yuv444(depth: depth),
                .gbrp(depth: depth),
            ]
            if [8, 10, 16].contains(depth) {
                formats += [.yuva420(depth: depth), .yuva444(depth: depth), .gbrap(depth: depth)]
            }
            return formats
        }

    @Test(arguments: named)
    func namedFormatsAreFFmpegs(_ format: PixelFormat) {
        #expect(PixelFormat(ffmpegName: format.name) == format)
    }

    /// The row bytes of every format that a `Frame` can hold are those of libavutil's `av_image_get_linesize`.
    @Test func planesAreAsWideAsFFmpegSays() {
        var tried = 0
        var descriptor = av_pix_fmt_desc_next(nil)
        while let current = descriptor {
            defer { descriptor = av_pix_fmt_desc_next(current) }
            let avFormat = av_pix_fmt_desc_get_id(current)
            guard let format = PixelFormat(avFormat) else { continue }
            tried += 1
            #expect(format.planeCount == Int(av_pix_fmt_count_planes(avFormat)), "\(format)")
            for size in [Size(width: 64, height: 48), Size(width: 37, height: 23), Size(width: 1, height: 1)] {
                for plane in 0..<format.planeCount {
                    let row = Int(av_image_get_linesize(avFormat, Int32(size.width), Int32(plane)))
                    #expect(format.layout(ofPlane: plane, in: size).rowBytes == row, "\(format) \(size) plane \(plane)")
                }
            }
        }
        #expect(tried > 80)
    }

    @Test(arguments: [
        "pal8", "monob", "monow", "bgr4", "rgb565le", "gbrpf32le", "grayf32le", "bayer_rggb8", "xyz12le", "vaapi",
        "cuda",
        "yuv420p10be", "rgb48be", "uyyvyy411", "no such format",
    ])
    func whatAFrameCannotHoldIsRefused(_ name: String) {
        #expect(PixelFormat(ffmpegName: name) == nil)
    }

    @Test func everySoftwareFormatHasAStandIn() {
        var descriptor = av_pix_fmt_desc_next(nil)
        while let current = descriptor {
            defer { descriptor = av_pix_fmt_desc_next(current) }
            let avFormat = av_pix_fmt_desc_get_id(current)
            guard current.pointee.flags & UInt64(AV_PIX_FMT_FLAG_HWACCEL) == 0, PixelFormat(avFormat) == nil else {
                continue
            }
            let name = String(cString: current.pointee.name)
            let standIn = PixelFormat(PixelFormat.nearest(to: avFormat))
            #expect(standIn != nil, "\(name)")
            let depth = Int(current.pointee.comp.0.depth)
            #expect(standIn?.depth ?? 0 >= min(16, depth), "\(name) became \(standIn?.name ?? "?")")
            if current.pointee.flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0 {
                #expect(standIn?.hasAlpha == true, "\(name) became \(standIn?.name ?? "?")")
            }
        }
    }
}
