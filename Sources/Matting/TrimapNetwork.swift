internal import Frames
internal import Inference
internal import Models
internal import Pixels
internal import Trimaps

/// A network that finds alpha where a trimap leaves it open: Deep Image Matting (Xu et al., CVPR 2017,
/// arXiv:1703.03872), ViTMatte (Yao et al., 2023, arXiv:2305.15272), FBA (Forte and Pitié, 2020, arXiv:2003.07711).
///
/// A picture whose sides are no multiples of what the network takes is continued beyond its edge rather than resized:
/// these networks look at the finest detail. Used by one thread at a time.
final class TrimapNetwork: AlphaSolver {
    private let network: FramewiseSession
    private let pool = FloatPool()

    var name: String { network.card.name }
    var engineName: String { network.session.engineName }
    var deviceName: String { network.session.deviceName }

    init(card: ModelCard, session: any InferenceSession) throws {
        network = try FramewiseSession(card: card, session: session)
    }

    func alpha(of picture: FloatImage, trimap: Trimap) throws -> FloatImage {
        let size = picture.size
        let policy = network.card.size
        // At its own size and continued, or brought to the size that is asked for.
        var target = network.networkSize(for: size)
        let isContinued: Bool
        if case .multiple(let multiple, side: nil) = policy, network.ports.picture.shape[2...].allSatisfy({ $0 == nil })
        {
            func up(_ length: Int) -> Int { (length + multiple - 1) / multiple * multiple }
            target = Size(width: up(size.width), height: up(size.height))
            isContinued = true
        } else {
            isContinued = target == size
        }
        let given = trimap.picture()
        let small = isContinued ? picture.padded(to: target) : picture.brought(to: target)
        let smallTrimap = isContinued ? given.padded(to: target) : trimap.resized(to: target).picture()
        let found = try network.alpha(of: small, trimap: smallTrimap)
        let isWhole = isContinued && found.size == target
        let alpha = isWhole ? found.cropped(x: 0, y: 0, to: size) : found.brought(to: size).clamped(pool: pool)
        return trimap.imposed(on: alpha)
    }
}
