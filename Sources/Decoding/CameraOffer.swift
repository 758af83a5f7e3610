public import Frames

/// A pixel format that a device has, with all its sizes and rates.
public struct CameraOffer: Sendable, Hashable {
    /// A size with its rates, or a range of sizes.
    public struct Mode: Sendable, Hashable {
        public let smallest: Size
        /// Equal to `smallest` for a single size.
        public let largest: Size
        /// Pixels from one size of the range to the next.
        public let step: Size
        /// Frames per second, in the driver's order; slowest and fastest for a range. Empty where it does not say.
        public let rates: [Rational]
        /// Whether every rate between the two of `rates` can be had.
        public let isRateRange: Bool

        public init(
            smallest: Size, largest: Size, step: Size = Size(width: 1, height: 1), rates: [Rational],
            isRateRange: Bool = false
        ) {
            self.smallest = smallest
            self.largest = largest
            self.step = step
            self.rates = rates
            self.isRateRange = isRateRange
        }

        /// A single size with single rates.
        public init(_ size: Size, rates: [Rational]) { self.init(smallest: size, largest: size, rates: rates) }

        public var isRange: Bool { smallest != largest }
    }

    /// Video4Linux's four characters, "YUYV".
    public let format: String
    /// The driver's words, "Motion-JPEG".
    public let title: String
    public let isCompressed: Bool
    /// Whether libv4l2 makes it of another format.
    public let isEmulated: Bool
    public let modes: [Mode]

    public init(format: String, title: String, isCompressed: Bool, isEmulated: Bool = false, modes: [Mode]) {
        self.format = format
        self.title = title
        self.isCompressed = isCompressed
        self.isEmulated = isEmulated
        self.modes = modes
    }

    /// Whether a `CameraSource` can make frames of it.
    public var isUsable: Bool { CameraLayout.named(format) != nil }
}
