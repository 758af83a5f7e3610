/// A matte as locally affine functions of the picture (He & Sun, "Fast Guided Filter", 2015, arXiv:1505.00996), known
/// on a coarse grid and bilinear between:
///
///     alpha(p)        = clamp(slope_α(p) · mean(rgb(p)) + offset_α(p))
///     foreground_c(p) = clamp(rgb_c(p) + slope_c(p) · rgb_c(p) + offset_c(p))
///
/// rgb is the frame as R'G'B' of 0…1; the grid is spread over the picture as PyTorch's
/// `interpolate(mode="bilinear", align_corners=False)` does.
public struct AffineMatte: Sendable {
    /// Four channels: R', G', B' (what is added to the picture) and alpha; or one: alpha alone.
    public let slope: FloatImage
    /// Size and channels of `slope`.
    public let offset: FloatImage
    /// Of the frame it belongs to.
    public let pictureSize: Size

    /// Whether it says something of the subject's colour.
    public var hasForeground: Bool { slope.channels == 4 }

    /// The caller has checked sizes and channels of what a network gave.
    public init(slope: FloatImage, offset: FloatImage, pictureSize: Size) {
        precondition(slope.channels == 1 || slope.channels == 4, "one channel or four")
        precondition(
            slope.size == offset.size && slope.channels == offset.channels && slope.size.pixelCount > 0,
            "slope and offset do not fit")
        self.slope = slope
        self.offset = offset
        self.pictureSize = pictureSize
    }
}
