internal import Foundation
internal import Frames
internal import Inference
internal import Models
internal import Pixels

/// A network without memory, run by its card: sizes, normalisation, and what becomes of its numbers. Used by one thread
/// at a time.
final class FramewiseSession {
    let session: any InferenceSession
    let card: ModelCard
    let ports: NetworkPorts
    private let pool = FloatPool()
    private let alphaPool = FloatPool()

    init(card: ModelCard, session: any InferenceSession) throws {
        self.session = session
        self.card = card
        ports = try NetworkPorts(card: card, session: session)
    }

    /// The size at which a picture goes in. What is fixed in the network itself goes before the card's.
    func networkSize(for size: Size) -> Size {
        let policy = card.size.networkSize(for: size)
        return Size(
            width: ports.picture.shape[3] ?? policy.width, height: ports.picture.shape[2] ?? policy.height)
    }

    /// What the network says, before its activation.
    ///
    /// - Parameters:
    ///   - picture: R'G'B', of the network's size.
    ///   - trimap: one channel of the same size with 0, 0.5 and 1; for models of kind trimap.
    func rawAlpha(of picture: FloatImage, trimap: FloatImage? = nil) throws -> FloatImage {
        var input = picture.normalised(card.normalisation, pool: pool)
        var inputs: [(name: String, tensor: Tensor)] = []
        if let trimap {
            if let port = ports.trimap {
                inputs.append((port.name, Tensor(port.shape[1] == 2 ? trimap.split(pool: pool) : trimap)))
            } else {
                input = input.followed(by: trimap, pool: pool)
            }
        }
        inputs.append((ports.picture.name, Tensor(input)))
        let result = try session.run(inputs: inputs, outputs: [ports.alpha])[0]
        // Without a word of the card on channels there must be no choice.
        let isOneOfMany = card.ports.alphaChannel == nil && FloatImage(result, channel: 1) != nil
        guard !isOneOfMany, let alpha = FloatImage(result, channel: card.ports.alphaChannel ?? 0) else {
            throw MatteError(
                .badInput, "model \(card.name) gave a result of shape \(result.shape), not an alpha",
                advice: "look at 'kind' and 'outputs' of its card; 'outputs.channel' chooses one of several channels")
        }
        return alpha
    }

    /// Alpha of 0…1; what is not a number becomes 0.
    func alpha(of picture: FloatImage, trimap: FloatImage? = nil) throws -> FloatImage {
        try rawAlpha(of: picture, trimap: trimap).activated(card.activation, pool: alphaPool)
    }
}

extension FloatImage {
    fileprivate func activated(_ activation: ModelCard.Activation, pool: FloatPool) -> FloatImage {
        switch activation {
        case .none: return clamped(pool: pool)
        case .sigmoid: return mapped(pool: pool) { $0.isNaN ? 0 : 1 / (1 + exp(-$0)) }
        case .stretch:
            let (low, high) = withFloats { floats in
                floats.reduce((Float.infinity, -Float.infinity)) { (min($0.0, $1), max($0.1, $1)) }
            }
            guard high > low else { return clamped(pool: pool) }
            return mapped(pool: pool) { ($0 - low) / (high - low) }.clamped(pool: pool)
        }
    }

    /// A trimap's one channel as two: surely background, surely foreground.
    fileprivate func split(pool: FloatPool) -> FloatImage {
        mapped(pool: pool) { $0 == 0 ? 1 : 0 }.followed(by: mapped(pool: pool) { $0 == 1 ? 1 : 0 }, pool: pool)
    }

    /// Averages when it shrinks and interpolates when it grows, as the networks' own programs do.
    func brought(to target: Size) -> FloatImage {
        let shrinks = target.width < size.width || target.height < size.height
        return resized(to: target, filter: shrinks ? .area : .bilinear)
    }
}
