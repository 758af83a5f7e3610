public import Frames

/// A picture from the camera with the moment at which it was taken.
public struct CapturedFrame: Sendable {
    public let frame: Frame
    /// Seconds of CLOCK_MONOTONIC, as the driver says it.
    public let seconds: Double

    public init(frame: Frame, seconds: Double) {
        self.frame = frame
        self.seconds = seconds
    }
}

/// What came of waiting for a picture.
public enum SourceEvent: Sendable {
    case frame(CapturedFrame)
    /// No picture came in the time given.
    case nothing
    /// A clip is over. A camera never is.
    case ended
}

/// An open camera, or what stands in for one. Used by one thread at a time; letting go of it closes it.
public protocol LiveSource: AnyObject {
    /// For messages: "Integrated Camera (/dev/video0)".
    var name: String { get }
    /// Pictures that driver or decoder gave up, so far.
    var lostFrames: Int { get }
    /// The next picture, waiting `seconds` at most.
    ///
    /// - Throws: `MatteError` where the source has vanished or failed; it is let go of then.
    func next(within seconds: Double) throws -> SourceEvent
}
