public import Frames

/// Sizes that a format can have.
public enum VideoSizes: Sendable, Hashable {
    case list([Size])
    /// Any size from the smallest to the largest, in steps of pixels.
    case range(smallest: Size, largest: Size, step: Size)
}

/// Frame rates that a size can have, in frames per second.
public enum VideoRates: Sendable, Hashable {
    case list([Rational])
    /// Any rate between.
    case range(slowest: Rational, fastest: Rational)
}

/// A format that a device offers.
public struct VideoFormatDescription: Sendable, Hashable {
    public let fourCC: FourCC
    /// The driver's words, "Motion-JPEG".
    public let title: String
    public let isCompressed: Bool
    /// Whether libv4l2 makes it of another one.
    public let isEmulated: Bool
}
