public import Frames

/// What came of waiting for a picture.
public enum SourceEvent: Sendable {
    /// Its time stamp is the moment at which it was taken, by CLOCK_MONOTONIC.
    case frame(Frame)
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
