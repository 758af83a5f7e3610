public import Frames

/// What lies behind the subject in one frame.
public enum BackgroundLayer: Sendable {
    case transparent
    case color(RGBColor)
    /// Three channels R'G'B' at the size of the frame.
    case picture(FloatImage)
    /// Three channels R'G'B' of a picture so smooth that it is known on fewer pixels: spread bilinearly over the frame.
    case soft(FloatImage)
}

/// Gives the layer behind each frame of a clip, in the clip's order. Used by one thread at a time.
public protocol Background: AnyObject {
    func layer(for matted: MattedFrame) throws -> BackgroundLayer
}

public final class TransparentBackground: Background {
    public init() {}
    public func layer(for matted: MattedFrame) -> BackgroundLayer { .transparent }
}

public final class ColorBackground: Background {
    private let color: RGBColor
    public init(_ color: RGBColor) { self.color = color }
    public func layer(for matted: MattedFrame) -> BackgroundLayer { .color(color) }
}
