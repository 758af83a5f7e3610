/// A frame on its way from matting to compositing.
public struct MattedFrame: Sendable {
    public let frame: Frame
    public let matte: Matte
    /// True for the first frame of a shot: nothing before it influenced its matte.
    public let startsShot: Bool

    public init(frame: Frame, matte: Matte, startsShot: Bool) {
        self.frame = frame
        self.matte = matte
        self.startsShot = startsShot
    }
}
