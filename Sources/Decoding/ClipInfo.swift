public import FFmpeg
public import Frames

/// What is known of a clip when it is opened; the first picture has been decoded by then.
public struct ClipInfo: Sendable {
    /// Of the first picture, upright.
    public var size: Size
    public var format: PixelFormat
    /// As tagged; `ColorDescription.resolved` fills what is not.
    public var color: ColorDescription
    /// Seconds per tick of every frame's time stamp.
    public var timeBase: Rational
    /// Frames over duration; unknown for some streams.
    public var averageFrameRate: Rational
    /// The rate of a constant-rate clip; for others the lowest rate that tells all times apart.
    public var nominalFrameRate: Rational
    public var sampleAspectRatio: Rational
    /// How many frames will come, as the container says; nil for streams.
    public var expectedFrames: Int?
    /// How long they last, likewise.
    public var durationSeconds: Double?
    /// One picture, not a clip.
    public var isStill: Bool
    /// The streams whose packets are delivered.
    public var streams: [StreamTemplate]
    public var container: ContainerInfo
    /// By how much stored pictures are turned to stand upright: 0, 90, 180 or 270.
    public var rotationDegrees: Int
    /// Of the first picture, where its file holds one for R'G'B'.
    public var iccProfile: ICCProfile?
    /// FFmpeg's name of the video codec.
    public var codecName: String
}
