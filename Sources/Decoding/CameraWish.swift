public import Frames

/// What a camera is asked for; it gives what comes nearest.
public struct CameraWish: Sendable, Hashable {
    public var size: Size
    /// Frames per second.
    public var rate: Rational
    /// Whether another size is refused, instead of taking the nearest.
    public var requiresSize: Bool
    /// Video4Linux's names of the formats that may be taken ("MJPG"); nil for all that the program can use.
    public var formats: [String]?

    public init(
        size: Size = Size(width: 1280, height: 720), rate: Rational = Rational(30, 1), requiresSize: Bool = false,
        formats: [String]? = nil
    ) {
        self.size = size
        self.rate = rate
        self.requiresSize = requiresSize
        self.formats = formats
    }
}

/// What was agreed with a camera.
public struct CameraFormat: Sendable, Hashable {
    /// Video4Linux's four characters, "MJPG".
    public let format: String
    public let size: Size
    /// Frames per second; unknown where the driver does not say.
    public let rate: Rational
    /// Whether libv4l2 converts the pictures.
    public let isEmulated: Bool
}
