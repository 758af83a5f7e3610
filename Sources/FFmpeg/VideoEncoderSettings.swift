public import Frames

/// What a `VideoEncoder` is opened with.
public struct VideoEncoderSettings: Sendable {
    /// FFmpeg's name of the encoder, "libx264".
    public var encoder: String
    /// Size of the frames that will be given.
    public var frameSize: Size
    /// Size in the stream; where it is larger, the last column and row are repeated.
    public var storedSize: Size
    /// The frames' format.
    public var format: PixelFormat
    /// FFmpeg's name of the encoder's format: `format`, or its twin in big-endian byte order.
    public var storedFormatName: String
    public var color: ColorDescription
    /// The unit of the frames' timestamps.
    public var timeBase: Rational
    /// For rate control and for players; unknown is legal.
    public var frameRate: Rational
    public var sampleAspectRatio: Rational
    /// The encoder's options by FFmpeg's names, in the order of setting.
    public var options: [(String, String)]
    /// Whether the container wants the codec's headers beside the stream.
    public var needsGlobalHeader: Bool
    /// Goes along with every picture; PNG's and JPEG's encoders write it down.
    public var iccProfile: ICCProfile?

    public init(
        encoder: String, frameSize: Size, storedSize: Size, format: PixelFormat, storedFormatName: String,
        color: ColorDescription, timeBase: Rational, frameRate: Rational, sampleAspectRatio: Rational,
        options: [(String, String)], needsGlobalHeader: Bool
    ) {
        self.encoder = encoder
        self.frameSize = frameSize
        self.storedSize = storedSize
        self.format = format
        self.storedFormatName = storedFormatName
        self.color = color
        self.timeBase = timeBase
        self.frameRate = frameRate
        self.sampleAspectRatio = sampleAspectRatio
        self.options = options
        self.needsGlobalHeader = needsGlobalHeader
    }

    /// The frame rate, or a plausible one for encoders that cannot do without.
    var plausibleFrameRate: Rational {
        if frameRate.numerator > 0, frameRate.denominator > 0 { return frameRate }
        let ticksPerSecond = timeBase.numerator > 0 ? 1 / timeBase.doubleValue : 0
        return (1...240).contains(ticksPerSecond) ? Rational(timeBase.denominator, timeBase.numerator) : Rational(25, 1)
    }
}
