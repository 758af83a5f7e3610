internal import Foundation
internal import Frames
internal import Inference
internal import Models
internal import Pixels
internal import Trimaps

/// One picture through a network without memory, by its card and by cards with other normalisations.
struct FramewiseTrial {
    /// The size at which the picture goes in.
    let size: Size
    /// The network's numbers by its own card.
    let raw: FloatImage
    private let card: ModelCard
    private let session: any InferenceSession
    private let frame: Frame
    private let trimap: Trimap?

    init(_ card: ModelCard, _ session: any InferenceSession, _ frame: Frame) throws {
        self.card = card
        self.session = session
        self.frame = frame
        trimap = card.kind == .trimap ? TrialPicture.trimap() : nil
        let network = try FramewiseSession(card: card, session: session)
        size = network.networkSize(for: frame.size)
        raw = try network.rawAlpha(
            of: FrameReader().read(frame).brought(to: size), trimap: trimap?.resized(to: size).picture())
    }

    /// What the card makes of the picture.
    func matte() throws -> DenseMatte {
        let network: any MattingNetwork
        switch card.kind {
        case .portrait: network = try PortraitNetwork(card: card, session: session)
        case .saliency: network = try SaliencyNetwork(card: card, session: session)
        case .plate: network = try BackgroundNetwork(card: card, session: session, plate: TrialPicture.plate())
        case .recurrent: network = try RecurrentNetwork(card: card, session: session, ratio: nil)
        case .trimap:
            let picture = FrameReader().read(frame)
            let alpha = try TrimapNetwork(card: card, session: session)
                .alpha(of: picture, trimap: trimap ?? TrialPicture.trimap())
            return DenseMatte(picture: picture, alpha: alpha, foreground: nil)
        }
        return try network.matte(frame).dense(for: frame)
    }

    /// Whether another usual normalisation makes the network much surer of itself.
    ///
    /// A network that sees other numbers than it was trained on hesitates: more of its alpha lies between.
    func normalisation() throws -> NetworkCheck.Finding {
        let own = try decidedness(card.normalisation)
        let others = try Self.usual.filter { $0.normalisation != card.normalisation }
            .map { (name: $0.name, share: try decidedness($0.normalisation)) }
        let words = String(format: "with the card's normalisation %.0f %% of alpha is decided", 100 * own)
        guard let best = others.max(by: { $0.share < $1.share }), best.share > own + 0.1 else {
            return NetworkCheck.Finding(verdict: .fits, words: words + ", with others not more")
        }
        return NetworkCheck.Finding(
            verdict: .doubt,
            words: words + String(format: ", with %@ %.0f %%: look at 'normalise'", best.name, 100 * best.share))
    }

    /// Which part of alpha is nearly 0 or 1; 0 where all of it is the same.
    private func decidedness(_ normalisation: ModelCard.Normalisation) throws -> Double {
        var card = card
        card.normalisation = normalisation
        let alpha = try FramewiseSession(card: card, session: session).alpha(
            of: FrameReader().read(frame).brought(to: size), trimap: trimap?.resized(to: size).picture())
        return alpha.withFloats { values in
            let count = Double(max(values.count, 1))
            let (low, high) = (values.count { $0 < 0.1 }, values.count { $0 > 0.9 })
            return Double(min(low, high)) < 0.005 * count ? 0 : Double(low + high) / count
        }
    }

    private static let usual: [(name: String, normalisation: ModelCard.Normalisation)] = [
        ("mean 0 and std 1", .none),
        ("mean 0.5 and std 0.5", .init(mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5])),
        ("mean 0.5 and std 1", .init(mean: [0.5, 0.5, 0.5], std: [1, 1, 1])),
        (
            "ImageNet's (mean 0.485, 0.456, 0.406 and std 0.229, 0.224, 0.225)",
            .init(mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225])
        ),
        ("codes of 0…255 (std 1/255)", .init(mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255])),
    ]
}
