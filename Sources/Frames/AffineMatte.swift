/// A matte as locally affine functions of the picture (He & Sun, "Fast Guided Filter", 2015, arXiv:1505.00996), known
/// on a coarse grid and bilinear between:
///
///     alpha(p)        = clamp(slope_α(p) · mean(rgb(p)) + offset_α(p))
///     foreground_c(p) = clamp(rgb_c(p) + slope_c(p) · rgb_c(p) + offset_c(p))
///
/// or, where the colour channels are means of the subject's and of the background's colour nearby (`Colors.means`),
///
///     foreground_c(p) = clamp(F + alpha(p) · (rgb_c(p) − alpha(p) · F − (1 − alpha(p)) · B)),  F = slope_c(p), B = offset_c(p)
///
/// rgb is the frame as R'G'B' of 0…1; the grid is spread over the picture as PyTorch's
/// `interpolate(mode="bilinear", align_corners=False)` does.
public struct AffineMatte: Sendable {
    /// What the colour channels are.
    public enum Colors: Sendable {
        /// Slope and offset of what is added to the picture: the network knows the subject's colour.
        case residual
        /// Mean colours of subject and background around each place, from which blur fusion finds the subject's colour
        /// (Forte & Pitié 2021, equation 6): the picture's own where alpha is 1.
        case means
    }

    /// Four channels: R', G', B' (see `colors`) and alpha; or one: alpha alone.
    public let slope: FloatImage
    /// Size and channels of `slope`.
    public let offset: FloatImage
    public let colors: Colors
    /// Of the frame it belongs to.
    public let pictureSize: Size

    /// Whether it says something of the subject's colour.
    public var hasForeground: Bool { slope.channels == 4 }

    /// The caller has checked sizes and channels of what a network gave.
    public init(slope: FloatImage, offset: FloatImage, colors: Colors = .residual, pictureSize: Size) {
        precondition(slope.channels == 1 || slope.channels == 4, "one channel or four")
        precondition(
            slope.size == offset.size && slope.channels == offset.channels && slope.size.pixelCount > 0,
            "slope and offset do not fit")
        self.slope = slope
        self.offset = offset
        self.colors = colors
        self.pictureSize = pictureSize
    }
}
