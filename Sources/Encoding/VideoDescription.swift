public import Frames

/// The pictures that are to be written.
public struct VideoDescription: Sendable {
    public var size: Size
    /// Seconds per tick of the frames' timestamps; carried into the file wherever the container can.
    public var timeBase: Rational
    /// Frames per second, for the encoder's rate control and for players; unknown is legal.
    public var averageFrameRate: Rational
    public var sampleAspectRatio: Rational
    public var color: ColorDescription
    /// Bits per sample of the source; more than 8 asks for a deep format where the codec has one.
    public var depth: Int
    /// Whether the frames have alpha, should the output be able to keep it.
    public var wantsAlpha: Bool
    /// Whether the pictures are grey (an alpha channel shown as a picture): full range, no colour.
    public var isGray: Bool
    /// What R'G'B' of the frames means; kept by picture files of colours.
    public var iccProfile: ICCProfile?

    public init(
        size: Size, timeBase: Rational, averageFrameRate: Rational = .unknown, sampleAspectRatio: Rational = .unknown,
        color: ColorDescription = .init(), depth: Int = 8, wantsAlpha: Bool = false, isGray: Bool = false
    ) {
        self.size = size
        self.timeBase = timeBase
        self.averageFrameRate = averageFrameRate
        self.sampleAspectRatio = sampleAspectRatio
        self.color = color
        self.depth = depth
        self.wantsAlpha = wantsAlpha
        self.isGray = isGray
    }
}
