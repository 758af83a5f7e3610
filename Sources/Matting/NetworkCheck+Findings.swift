internal import Foundation
internal import Frames
internal import Inference
internal import Models

extension NetworkCheck.Finding {
    static func names(_ ports: NetworkPorts, _ session: any InferenceSession) -> Self {
        var words = "the picture goes into '\(ports.picture.name)', alpha comes out of '\(ports.alpha)'"
        if let trimap = ports.trimap { words += ", the trimap goes into '\(trimap.name)'" }
        if let foreground = ports.foreground { words += ", the foreground comes out of '\(foreground)'" }
        let used = Set([ports.alpha] + [ports.foreground].compactMap { $0 } + ports.states.map(\.output))
        let idle = session.outputs.count { !used.contains($0.name) }
        if idle > 0 { words += "; \(idle) other output\(idle == 1 ? " is" : "s are") not used" }
        return Self(verdict: .fits, words: words)
    }

    static func sizes(picture: Size, network: Size, alpha: Size) -> Self {
        let words = "a picture of \(picture) goes in as \(network), alpha comes out as \(alpha)"
        // Another shape is another crop: alpha would be stretched over the picture.
        let isSameShape = abs(Double(network.width * alpha.height) / Double(network.height * alpha.width) - 1) < 0.05
        return isSameShape
            ? Self(verdict: .fits, words: words)
            : Self(verdict: .doubt, words: words + ", which is another shape: look at 'size' of the card")
    }

    /// - Parameter raw: the network's numbers before their activation.
    static func range(of raw: FloatImage, _ activation: ModelCard.Activation) -> Self {
        let values = raw.withFloats { floats in floats.filter { !$0.isNaN } }
        guard values.count == raw.size.pixelCount, let low = values.min(), let high = values.max(), high.isFinite,
            low.isFinite
        else { return Self(verdict: .misfit, words: "the network gives values that are no numbers") }
        let words = String(format: "the network's numbers go from %.3g to %.3g", low, high)
        if high - low < 0.02 {
            return Self(
                verdict: .doubt,
                words: words
                    + ", hardly any difference between subject and background: look at 'normalise' and 'outputs'")
        }
        let isAlpha = low > -0.05 && high < 1.05
        switch activation {
        case .none where !isAlpha:
            return Self(
                verdict: .doubt,
                words: words + ", beyond 0…1: 'activation: sigmoid' or 'activation: stretch' may be missing")
        case .sigmoid where isAlpha && low >= 0:
            return Self(
                verdict: .doubt, words: words + ", which is alpha already: 'activation: sigmoid' may be too much")
        case .none, .sigmoid, .stretch:
            return Self(verdict: .fits, words: words)
        }
    }
}
