public import Frames
internal import Inference
internal import Models
internal import Pixels

/// A network that looks at each picture for itself: MODNet (Ke et al., AAAI 2022, arXiv:2011.11961) and its kind.
///
/// The picture is brought to a size the network takes, and alpha back to the picture's, along its edges. There is no
/// foreground. Used by one thread at a time.
public final class PortraitNetwork: MattingNetwork {
    private let network: FramewiseSession
    private let reader = FrameReader(pool: FloatPool())
    private let alphaPool = FloatPool()
    private let guidePool = FloatPool()

    public var carriesState: Bool { false }
    public var engineName: String { network.session.engineName }
    public var deviceName: String { network.session.deviceName }

    init(card: ModelCard, session: any InferenceSession) throws {
        network = try FramewiseSession(card: card, session: session)
    }

    public func reset() {}

    public func matte(_ frame: Frame) throws -> Matte {
        try frame.checkHasPixels()
        let size = network.networkSize(for: frame.size)
        // Averages when it shrinks and interpolates when it grows, as MODNet's programs do.
        let guide = NetworkSampler.sample(
            frame, to: size, filter: size.isWithin(frame.size) ? .area : .bilinear, pool: guidePool)
        let alpha = try network.alpha(of: guide)
        if size.isWithin(frame.size), size != frame.size, alpha.size == size {
            return .affine(AffineMatte(bringing: alpha, along: guide, to: frame.size))
        }
        let picture = reader.read(frame)
        // A picture smaller than the network's has nothing to add. Resizing can leave 0…1 by a rounding error, so
        // clamping comes last.
        let filter: ResampleFilter = picture.size.isWithin(alpha.size) ? .area : .bilinear
        let whole = alpha.resized(to: picture.size, filter: filter).clamped(pool: alphaPool)
        return .dense(DenseMatte(picture: picture, alpha: whole, foreground: nil))
    }
}

extension Size {
    fileprivate func isWithin(_ other: Size) -> Bool { width <= other.width && height <= other.height }
}
