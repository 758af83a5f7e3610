/// What a network says about one picture: where the subject is, and its colour without the background's.
public struct Matte: Sendable {
    /// One channel, 0 background to 1 subject, at the size of the picture.
    public var alpha: FloatImage
    /// Straight (not premultiplied) R'G'B' of the subject, at the size of the picture; nil where the network gives
    /// none, and the picture itself stands in.
    public var foreground: FloatImage?

    public init(alpha: FloatImage, foreground: FloatImage?) {
        self.alpha = alpha
        self.foreground = foreground
    }
}

/// A frame on its way from matting to compositing.
public struct MattedFrame: Sendable {
    public let frame: Frame
    /// The frame as R'G'B' floats, as the network saw it.
    public let picture: FloatImage
    public let matte: Matte
    /// True for the first frame of a shot: nothing before it influenced its matte.
    public let startsShot: Bool

    public init(frame: Frame, picture: FloatImage, matte: Matte, startsShot: Bool) {
        self.frame = frame
        self.picture = picture
        self.matte = matte
        self.startsShot = startsShot
    }
}
