internal import CV4L2
public import Frames

extension VideoDevice {
    /// The formats on offer, in the driver's order.
    public func formats(_ direction: VideoDirection) -> [VideoFormatDescription] {
        enumerate { index throws(VideoDeviceError) in
            var description = v4l2_fmtdesc()
            description.index = index
            description.type = direction.bufferType
            try call(matte_enum_fmt, &description, "list formats")
            return VideoFormatDescription(
                fourCC: FourCC(rawValue: description.pixelformat), title: text(description.description),
                isCompressed: description.flags & UInt32(V4L2_FMT_FLAG_COMPRESSED) != 0,
                isEmulated: description.flags & UInt32(V4L2_FMT_FLAG_EMULATED) != 0)
        }
    }

    /// The sizes of a format; an empty list where the driver does not say.
    public func sizes(of format: FourCC) -> VideoSizes {
        var range: VideoSizes?
        let sizes = enumerate { index throws(VideoDeviceError) in
            var size = v4l2_frmsizeenum()
            size.index = index
            size.pixel_format = format.rawValue
            try call(matte_enum_framesizes, &size, "list sizes")
            guard size.type == V4L2_FRMSIZE_TYPE_DISCRETE.rawValue else {
                range = Self.range(size.stepwise)
                throw VideoDeviceError(code: 0, operation: "list sizes")
            }
            return Size(width: Int(size.discrete.width), height: Int(size.discrete.height))
        }
        return range ?? .list(sizes)
    }

    /// The rates of a format at a size; an empty list where the driver does not say.
    public func rates(of format: FourCC, at size: Size) -> VideoRates {
        var range: VideoRates?
        let rates = enumerate { index throws(VideoDeviceError) in
            var interval = v4l2_frmivalenum()
            interval.index = index
            interval.pixel_format = format.rawValue
            interval.width = UInt32(clamping: size.width)
            interval.height = UInt32(clamping: size.height)
            try call(matte_enum_frameintervals, &interval, "list rates")
            guard interval.type == V4L2_FRMIVAL_TYPE_DISCRETE.rawValue else {
                range = .range(
                    slowest: Rational(rateOf: interval.stepwise.max), fastest: Rational(rateOf: interval.stepwise.min))
                throw VideoDeviceError(code: 0, operation: "list rates")
            }
            return Rational(rateOf: interval.discrete)
        }
        return range ?? .list(rates)
    }

    private static func range(_ sizes: v4l2_frmsize_stepwise) -> VideoSizes {
        .range(
            smallest: Size(width: Int(sizes.min_width), height: Int(sizes.min_height)),
            largest: Size(width: Int(sizes.max_width), height: Int(sizes.max_height)),
            step: Size(width: max(1, Int(sizes.step_width)), height: max(1, Int(sizes.step_height))))
    }
}

extension Rational {
    /// Frames per second of Video4Linux's seconds per frame.
    init(rateOf interval: v4l2_fract) {
        self.init(Int32(clamping: interval.denominator), Int32(clamping: interval.numerator))
    }
}

extension v4l2_fract {
    /// Seconds per frame of a rate.
    init(intervalOf rate: Rational) {
        self.init(numerator: UInt32(clamping: rate.denominator), denominator: UInt32(clamping: rate.numerator))
    }
}
