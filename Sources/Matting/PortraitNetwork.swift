public import Frames
internal import Inference
package import Models
internal import Pixels

/// A network that looks at each picture for itself: MODNet (Ke et al., AAAI 2022, arXiv:2011.11961) and its kind.
///
/// The picture is brought to a size the network takes, and alpha back to the picture's, along its edges. There is no
/// foreground. Used by one thread at a time.
public final class PortraitNetwork: MattingNetwork {
    private let session: any InferenceSession
    private let ports: NetworkPorts
    private let card: ModelCard
    private let reader = FrameReader(pool: FloatPool())
    private let pool = FloatPool()
    private let alphaPool = FloatPool()
    private let guidePool = FloatPool()

    public var carriesState: Bool { false }
    public var engineName: String { session.engineName }
    public var deviceName: String { session.deviceName }

    init(card: ModelCard, session: any InferenceSession) throws {
        self.session = session
        self.card = card
        ports = try NetworkPorts(card: card, session: session)
    }

    public func reset() {}

    public func matte(_ frame: Frame) throws -> Matte {
        guard frame.size.pixelCount > 0 else {
            throw MatteError(.badInput, "a picture of \(frame.size) cannot be matted")
        }
        let size = networkSize(for: frame.size)
        // Averages when it shrinks and interpolates when it grows, as MODNet's programs do.
        let guide = NetworkSampler.sample(
            frame, to: size, filter: size.isWithin(frame.size) ? .area : .bilinear, pool: guidePool)
        let small = guide.normalised(card.normalisation, pool: pool)
        let outputs = try session.run(inputs: [(ports.picture.name, Tensor(small))], outputs: [ports.alpha])
        guard let alpha = FloatImage(outputs[0]), alpha.channels == 1, alpha.size.pixelCount > 0 else {
            throw MatteError(
                .badInput, "model \(card.name) gave a result of shape \(outputs[0].shape), not an alpha",
                advice: "look at 'kind' and 'outputs' of its card")
        }
        if size.isWithin(frame.size), size != frame.size, alpha.size == size {
            return .affine(AffineMatte(bringing: alpha.clamped(pool: alphaPool), along: guide, to: frame.size))
        }
        let picture = reader.read(frame)
        // A picture smaller than the network's has nothing to add. Resizing can leave 0…1 by a rounding error, so
        // clamping comes last.
        let filter: ResampleFilter = picture.size.isWithin(alpha.size) ? .area : .bilinear
        let whole = alpha.resized(to: picture.size, filter: filter).clamped(pool: alphaPool)
        return .dense(DenseMatte(picture: picture, alpha: whole, foreground: nil))
    }

    /// A size fixed in the network itself goes before the card's.
    func networkSize(for size: Size) -> Size {
        let policy = card.size.networkSize(for: size)
        return Size(
            width: ports.picture.shape[3] ?? policy.width, height: ports.picture.shape[2] ?? policy.height)
    }
}

extension ModelCard.SizePolicy {
    /// The size at which a picture of `size` is put in, by the rule of MODNet's own programs: brought to the side's
    /// length only where both sides are longer or both are shorter, then cut down to multiples.
    package func networkSize(for size: Size) -> Size {
        guard case .multiple(let multiple, let side) = self else { return size }
        var scale = 1.0
        let (shorter, longer) = (min(size.width, size.height), size.longerSide)
        switch side {
        case .shorter(let target) where shorter > target || longer < target:
            // Very long pictures would take all memory.
            scale = min(Double(target) / Double(shorter), 8 * Double(target) / Double(longer))
        case .longer(let target):
            scale = Double(target) / Double(longer)
        case .shorter, nil:
            break
        }
        func fitted(_ length: Int) -> Int {
            max((Int((Double(length) * scale).rounded(.down)) / multiple) * multiple, multiple)
        }
        return Size(width: fitted(size.width), height: fitted(size.height))
    }
}

extension Size {
    fileprivate func isWithin(_ other: Size) -> Bool { width <= other.width && height <= other.height }
}
