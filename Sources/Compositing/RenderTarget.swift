public import Frames

/// The pictures that a compositor makes.
public struct RenderTarget: Sendable, Hashable {
    /// Of the whole picture: for side-by-side both halves, see `Compositor.outputSize`.
    public var size: Size
    public var format: PixelFormat
    /// How the numbers are meant; gaps are filled by `ColorDescription.resolved`.
    public var color: ColorDescription
    /// Whether the format's alpha reaches the file. False fills alpha with 1 and draws transparent layers over black.
    public var carriesAlpha: Bool

    public init(size: Size, format: PixelFormat, color: ColorDescription, carriesAlpha: Bool) {
        self.size = size
        self.format = format
        self.color = color
        self.carriesAlpha = carriesAlpha
    }
}
