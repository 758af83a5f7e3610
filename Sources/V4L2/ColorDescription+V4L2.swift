internal import CV4L2
internal import Frames

extension ColorDescription {
    /// What a driver says of its colours, with the defaults of linux/videodev2.h where it leaves a field to them
    /// (`V4L2_MAP_XFER_FUNC_DEFAULT`, `V4L2_MAP_YCBCR_ENC_DEFAULT`, `V4L2_MAP_QUANTIZATION_DEFAULT`).
    ///
    /// Most webcams say "sRGB", which for Y'CbCr means the matrix of BT.601 whatever the size is.
    init(colorspace: UInt32, encoding: UInt32, quantization: UInt32) {
        self.init()
        switch colorspace {
        case V4L2_COLORSPACE_SMPTE170M.rawValue: (primaries, transfer) = (6, 1)
        case V4L2_COLORSPACE_REC709.rawValue: (primaries, transfer) = (1, 1)
        case V4L2_COLORSPACE_SRGB.rawValue, V4L2_COLORSPACE_JPEG.rawValue: (primaries, transfer) = (1, 13)
        case V4L2_COLORSPACE_BT2020.rawValue: (primaries, transfer) = (9, 14)
        case V4L2_COLORSPACE_470_SYSTEM_BG.rawValue: (primaries, transfer) = (5, 1)
        default: break
        }
        switch encoding {
        case V4L2_YCBCR_ENC_601.rawValue: matrix = .smpte170m
        case V4L2_YCBCR_ENC_709.rawValue: matrix = .bt709
        case V4L2_YCBCR_ENC_BT2020.rawValue: matrix = .bt2020NonConstant
        case V4L2_YCBCR_ENC_SMPTE240M.rawValue: matrix = .smpte240m
        default:
            matrix =
                switch colorspace {
                case V4L2_COLORSPACE_DEFAULT.rawValue: .unspecified
                case V4L2_COLORSPACE_REC709.rawValue, V4L2_COLORSPACE_DCI_P3.rawValue: .bt709
                case V4L2_COLORSPACE_BT2020.rawValue: .bt2020NonConstant
                case V4L2_COLORSPACE_SMPTE240M.rawValue: .smpte240m
                default: .smpte170m
                }
        }
        switch quantization {
        case V4L2_QUANTIZATION_FULL_RANGE.rawValue: range = .full
        case V4L2_QUANTIZATION_LIM_RANGE.rawValue: range = .limited
        default: range = colorspace == V4L2_COLORSPACE_JPEG.rawValue ? .full : .unspecified
        }
    }
}
