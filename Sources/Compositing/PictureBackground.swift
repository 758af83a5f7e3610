public import Frames
internal import Pixels

/// A still picture behind every frame. It is resized once for each size of frame.
///
/// Where the picture itself is transparent, black shows. Used by one thread at a time.
public final class PictureBackground: Background {
    private let source: PlacedFrame

    /// - Parameter frame: any format; straight alpha.
    public init(frame: Frame, fit: BackgroundFit) {
        source = PlacedFrame(fit: fit)
        source.frame = frame
    }

    public func layer(for matted: MattedFrame) -> BackgroundLayer {
        source.picture(behind: matted.frame).map { .picture($0) } ?? .color(.black)
    }
}

/// A background's frame as it lies behind the foreground, made again only when one of the two changes.
final class PlacedFrame {
    var frame: Frame? {
        didSet { placed = nil }
    }

    private let fit: BackgroundFit
    private let reading = FloatPool()
    private let placing = FloatPool()
    private var placed: (size: Size, sampleAspectRatio: Rational, picture: FloatImage)?

    init(fit: BackgroundFit) { self.fit = fit }

    func picture(behind foreground: Frame) -> FloatImage? {
        if let placed, placed.size == foreground.size,
            placed.sampleAspectRatio == foreground.sampleAspectRatio
        {
            return placed.picture
        }
        guard let frame else { return nil }
        let reader = FrameReader(pool: reading)
        var picture = reader.read(frame)
        if let alpha = reader.readAlpha(frame) { picture = picture.multiplied(by: alpha) }
        func aspect(_ ratio: Rational) -> Double { ratio.isKnown ? ratio.doubleValue : 1 }
        let result = fit.place(
            picture, in: foreground.size,
            pixelAspect: aspect(frame.sampleAspectRatio) / aspect(foreground.sampleAspectRatio), pool: placing)
        placed = (foreground.size, foreground.sampleAspectRatio, result)
        return result
    }
}
