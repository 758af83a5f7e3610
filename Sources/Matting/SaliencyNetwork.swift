public import Frames
internal import Inference
internal import Models
internal import Pixels

/// A network that marks what stands out in a picture, roughly: U²-Net (Qin et al., Pattern Recognition 2020,
/// arXiv:2005.09007), IS-Net (Qin et al., ECCV 2022, arXiv:2203.03041), RMBG, BiRefNet (Zheng et al., 2024,
/// arXiv:2401.03407).
///
/// Such networks take one size whatever the picture's shape. Their mask is brought to a part of the picture's size and
/// refined along the picture's edges there. Used by one thread at a time.
public final class SaliencyNetwork: MattingNetwork {
    private let network: FramewiseSession
    private let reader = FrameReader(pool: FloatPool())

    public var carriesState: Bool { false }
    public var engineName: String { network.session.engineName }
    public var deviceName: String { network.session.deviceName }

    init(card: ModelCard, session: any InferenceSession) throws {
        network = try FramewiseSession(card: card, session: session)
    }

    public func reset() {}

    public func matte(_ frame: Frame) throws -> Matte {
        try frame.checkHasPixels()
        let picture = reader.read(frame)
        let mask = try network.alpha(of: picture.brought(to: network.networkSize(for: picture.size)))
        let size = Self.guideSize(for: picture.size, mask: mask.size)
        return .affine(
            AffineMatte(refining: mask.brought(to: size), along: picture.brought(to: size), to: picture.size))
    }

    /// About as many pixels as the mask has, in the picture's shape, and not more than the picture has.
    package static func guideSize(for picture: Size, mask: Size) -> Size {
        let scale = min((Double(mask.pixelCount) / Double(picture.pixelCount)).squareRoot(), 1)
        func scaled(_ length: Int) -> Int { max(Int((Double(length) * scale).rounded()), 1) }
        return Size(width: scaled(picture.width), height: scaled(picture.height))
    }
}
