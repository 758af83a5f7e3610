/// A matte with a value of its own for every pixel.
public struct DenseMatte: Sendable {
    /// The frame as R'G'B' floats, as the network saw it.
    public var picture: FloatImage
    /// One channel, 0 background to 1 subject, at the size of the picture.
    public var alpha: FloatImage
    /// Straight (not premultiplied) R'G'B' of the subject, at the size of the picture; nil where the network gives
    /// none.
    public var foreground: FloatImage?

    public init(picture: FloatImage, alpha: FloatImage, foreground: FloatImage?) {
        self.picture = picture
        self.alpha = alpha
        self.foreground = foreground
    }
}
