public import Frames

/// A camera's picture.
public struct CapturedFrame: Sendable {
    /// Its time stamp is the driver's, in microseconds of the system's monotonic clock (`CLOCK_MONOTONIC`).
    public let frame: Frame
    /// The driver's count of pictures, lost ones included.
    public let sequence: UInt32

    /// When the camera had the picture, in microseconds of `CLOCK_MONOTONIC`.
    public var captureMicroseconds: Int64 { frame.timestamp.ticks }
}

/// What became of a camera's pictures.
public struct CameraCounters: Sendable, Hashable {
    /// Given on.
    public var frames = 0
    /// Left for a newer one that was there already.
    public var superseded = 0
    /// The driver said that they are damaged.
    public var damaged = 0
    /// Too short, or no JPEG that can be decoded.
    public var undecodable = 0
    /// Never came: gaps in the driver's count.
    public var lost = 0

    public init() {}
}
