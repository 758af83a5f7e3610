import CFFmpeg
import Testing

@testable import FFmpeg

@Suite struct FilterGraphTests {
    /// A picture of 16×4 samples whose codes are the place's number, big-endian, and whole-range BT.2020 PQ.
    private func bigEndian(_ range: AVColorRange) throws -> Picture {
        let picture = try Picture()
        picture.pointer.pointee.width = 16
        picture.pointer.pointee.height = 4
        picture.pointer.pointee.format = AV_PIX_FMT_YUV444P10BE.rawValue
        picture.pointer.pointee.color_range = range
        picture.pointer.pointee.colorspace = AVCOL_SPC_BT2020_NCL
        picture.pointer.pointee.color_primaries = AVCOL_PRI_BT2020
        picture.pointer.pointee.color_trc = AVCOL_TRC_SMPTE2084
        picture.pointer.pointee.chroma_location = AVCHROMA_LOC_TOPLEFT
        #expect(av_frame_get_buffer(picture.pointer, 0) >= 0)
        for y in 0..<4 {
            let strides = picture.pointer.pointee.linesize
            let planes = picture.pointer.pointee.data
            for (base, stride) in [(planes.0, strides.0), (planes.1, strides.1), (planes.2, strides.2)] {
                let row = try UnsafeMutableRawPointer(#require(base)) + y * Int(stride)
                for x in 0..<16 {
                    row.storeBytes(of: UInt16(16 * (16 * y + x)).bigEndian, toByteOffset: 2 * x, as: UInt16.self)
                }
            }
        }
        return picture
    }

    @Test(arguments: [AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG, AVCOL_RANGE_UNSPECIFIED])
    func conversionKeepsCodesAndTags(_ range: AVColorRange) throws {
        let picture = try bigEndian(range)
        let chain = VideoDecoder.conversion(to: AV_PIX_FMT_YUV444P10LE, range: range)
        let graph = try FilterGraph(for: picture.pointer, chain: chain)
        try graph.apply(to: picture.pointer)
        #expect(picture.format == AV_PIX_FMT_YUV444P10LE)
        #expect(picture.pointer.pointee.color_range == range)
        #expect(picture.pointer.pointee.colorspace == AVCOL_SPC_BT2020_NCL)
        #expect(picture.pointer.pointee.color_primaries == AVCOL_PRI_BT2020)
        #expect(picture.pointer.pointee.color_trc == AVCOL_TRC_SMPTE2084)
        #expect(picture.pointer.pointee.chroma_location == AVCHROMA_LOC_TOPLEFT)
        let stride = Int(picture.pointer.pointee.linesize.0)
        let base = try UnsafeRawPointer(#require(picture.pointer.pointee.data.0))
        for y in 0..<4 {
            for x in 0..<16 {
                #expect(base.load(fromByteOffset: y * stride + 2 * x, as: UInt16.self) == UInt16(16 * (16 * y + x)))
            }
        }
    }

    @Test func aBadChainIsAnErrorNotACrash() throws {
        let picture = try bigEndian(AVCOL_RANGE_MPEG)
        #expect(throws: FFmpegError.self) { try FilterGraph(for: picture.pointer, chain: "no_such_filter") }
    }
}
