internal import CV4L2
public import Frames

/// The pictures of one stream: their format, size and layout in memory, and what their numbers mean.
public struct VideoFormat: Sendable, Hashable {
    public var fourCC: FourCC
    public var size: Size
    /// Bytes from one row of the first plane to the next; 0 for compressed formats, or to let the driver choose.
    public var strideBytes: Int
    public var color: ColorDescription

    public init(
        fourCC: FourCC, size: Size, strideBytes: Int = 0, color: ColorDescription = ColorDescription()
    ) {
        self.fourCC = fourCC
        self.size = size
        self.strideBytes = strideBytes
        self.color = color
    }

    init(_ pixels: v4l2_pix_format) {
        fourCC = FourCC(rawValue: pixels.pixelformat)
        size = Size(width: Int(pixels.width), height: Int(pixels.height))
        strideBytes = Int(pixels.bytesperline)
        color = ColorDescription(
            colorspace: pixels.colorspace, encoding: pixels.ycbcr_enc, quantization: pixels.quantization)
    }
}

extension VideoDevice {
    public func format(_ direction: VideoDirection) throws(VideoDeviceError) -> VideoFormat {
        var format = v4l2_format()
        format.type = direction.bufferType
        try call(matte_g_fmt, &format, "read the format")
        return VideoFormat(format.fmt.pix)
    }

    /// Asks for a format.
    ///
    /// - Returns: what the driver took, which may be another one.
    public func setFormat(
        _ wanted: VideoFormat, _ direction: VideoDirection
    ) throws(VideoDeviceError) -> VideoFormat {
        var format = v4l2_format()
        format.type = direction.bufferType
        format.fmt.pix.pixelformat = wanted.fourCC.rawValue
        format.fmt.pix.width = UInt32(clamping: wanted.size.width)
        format.fmt.pix.height = UInt32(clamping: wanted.size.height)
        format.fmt.pix.field = V4L2_FIELD_NONE.rawValue
        format.fmt.pix.bytesperline = UInt32(clamping: wanted.strideBytes)
        try call(matte_s_fmt, &format, "set the format")
        return VideoFormat(format.fmt.pix)
    }

    /// Asks for a frame rate.
    ///
    /// - Returns: frames per second that the driver took; unknown where it has no such setting.
    public func setRate(_ rate: Rational, _ direction: VideoDirection) throws(VideoDeviceError) -> Rational {
        var parameters = v4l2_streamparm()
        parameters.type = direction.bufferType
        // The interval lies at the same place for both directions.
        parameters.parm.capture.timeperframe = v4l2_fract(intervalOf: rate)
        do {
            try call(matte_s_parm, &parameters, "set the frame rate")
        } catch {
            guard error.isRefusal else { throw error }
            return .unknown
        }
        return Rational(rateOf: parameters.parm.capture.timeperframe)
    }
}
