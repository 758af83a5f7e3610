public import Frames

/// The subject's colour without the background's, for mattes that have alpha alone: multi-level estimation (Germer,
/// Uelwer, Conrad and Harmeling, "Fast Multi-Level Foreground Estimation", ICPR 2020, arXiv:2006.14970).
///
/// Foreground and background are those that give the picture with this alpha and differ little between neighbours, most
/// of all where alpha changes. From the smallest picture up each level starts from the one below, so two sweeps a level
/// are enough. Used by one thread at a time.
public struct ForegroundEstimation {
    private let colors = FloatPool()

    private static let sweeps = 2
    /// Up to this side a level is so small that it may as well converge.
    private static let smallSide = 32
    private static let smallSweeps = 10

    public init() {}

    /// - Parameters:
    ///   - picture: R'G'B'.
    ///   - alpha: one channel of the same size, 0…1.
    /// - Returns: straight R'G'B', 0…1; the picture where alpha is 1.
    public func foreground(of picture: FloatImage, alpha: FloatImage) -> FloatImage {
        let (foreground, background) = level(picture, alpha)
        // What the sweeps leave of the picture belongs to the foreground as far as alpha says.
        return picture.fused(alpha: alpha, foreground: foreground, background: background, pool: colors)
    }

    /// An affine matte without colours, given some: foreground and background are found on its grid, and the last step
    /// is left to the render, which does it with every pixel's own colour.
    public func matte(_ matte: AffineMatte, of frame: Frame) -> AffineMatte {
        let guide = NetworkSampler.sample(frame, to: matte.slope.size, filter: .area)
        let (foreground, background) = level(guide, matte.alpha(on: guide))
        return matte.with(meanForeground: foreground, background: background)
    }

    private func level(_ picture: FloatImage, _ alpha: FloatImage) -> (FloatImage, FloatImage) {
        let size = picture.size
        guard size.longerSide > 1 else { return (picture, picture) }
        let half = Size(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
        let (front, back) = level(
            picture.resized(to: half, filter: .area), alpha.resized(to: half, filter: .area))
        return ForegroundSweep.run(
            picture, alpha, foreground: front.resized(to: size, filter: .bilinear),
            background: back.resized(to: size, filter: .bilinear),
            times: size.longerSide <= Self.smallSide ? Self.smallSweeps : Self.sweeps)
    }
}
