internal import Frames
internal import Pixels

/// How a background of another size or shape fills the frame.
public enum BackgroundFit: String, CaseIterable, Sendable {
    /// Fills the frame; what is too much of the longer axis is cut on both sides.
    case cover
    /// All of it is seen, black around it.
    case contain
    /// Fills the frame, losing its shape.
    case stretch
    /// At its own size, again and again from the top left.
    case tile

    /// The picture as it lies in a frame of `target` size.
    ///
    /// - Parameter pixelAspect: width of one of the picture's pixels, as multiples of the target's pixels, for the
    ///   same height.
    func place(_ picture: FloatImage, in target: Size, pixelAspect: Double = 1, pool: FloatPool? = nil) -> FloatImage {
        guard picture.size.pixelCount > 0, target.pixelCount > 0 else {
            return .filled(0, size: target, channels: picture.channels, pool: pool)
        }
        let aspect = pixelAspect.isFinite && (0.01...100).contains(pixelAspect) ? pixelAspect : 1
        let (width, height) = (Double(picture.size.width) * aspect, Double(picture.size.height))
        let scales = (Double(target.width) / width, Double(target.height) / height)
        switch self {
        case .stretch:
            return picture.resized(to: target, filter: .lanczos, pool: pool)
        case .cover:
            let scale = max(scales.0, scales.1)
            // Cut first: a very long picture would otherwise be enormous on the way.
            let cut = Size(
                width: Self.nearest(Double(target.width) / scale / aspect, atMost: picture.size.width),
                height: Self.nearest(Double(target.height) / scale, atMost: picture.size.height))
            return
                picture
                .cropped(
                    x: (picture.size.width - cut.width) / 2, y: (picture.size.height - cut.height) / 2, to: cut
                )
                .resized(to: target, filter: .lanczos, pool: pool)
        case .contain:
            let scale = min(scales.0, scales.1)
            let inner = Size(
                width: Self.nearest(width * scale, atMost: target.width),
                height: Self.nearest(height * scale, atMost: target.height))
            return picture.resized(to: inner, filter: .lanczos)
                .cropped(
                    x: -((target.width - inner.width) / 2), y: -((target.height - inner.height) / 2), to: target,
                    outside: 0, pool: pool)
        case .tile:
            let natural = Size(width: Self.nearest(width, atMost: .max), height: picture.size.height)
            return picture.resized(to: natural, filter: .lanczos).tiled(over: target, pool: pool)
        }
    }

    private static func nearest(_ length: Double, atMost limit: Int) -> Int {
        Int(max(1, min(length.rounded(), Double(min(limit, 1 << 24)))))
    }
}
