internal import Frames
internal import Pixels

/// Where the background shows through what differs from it, as between strands of hair that stand off far.
///
/// Two explanations are compared. A thing of a colour of its own hides the background: the light varies around its mean.
/// Strands are a share of the subject's colour: what varies lies along the line from plate to subject, and between them
/// the share goes down to little. A thing before a structured wall is no hair, since its own light does not vary.
struct LooseHair {
    /// How surely a place is such hair, 0…1.
    let share: FloatImage

    /// From strand to gap, and from the subject to the hair's ends, in pixels of a picture 640 wide.
    private static let strands: Float = 3
    private static let reach: Float = 24
    /// Shares in the gaps as parts of the strands': up to the first the background is seen, from the second on it is not.
    private static let gaps: (Float, Float) = (0.35, 0.65)
    /// By how many times the strands must explain the light better.
    private static let better: (Float, Float) = (4, 10)

    init(_ evidence: PlateEvidence, _ objects: PlateObjects, _ mixture: PlateSolver.Mixture) {
        let size = evidence.size
        let count = size.pixelCount
        let terms = Self.terms(evidence, objects, mixture)
        let reach = evidence.reach(Self.strands)
        let low = terms.channel(0).smallest(within: reach, pool: .plates)
        let high = terms.channel(1).largest(within: reach, pool: .plates)
        let sums = terms.channels(2..<6).halved.blurred(sigma: Double(evidence.unit), pool: .plates)
            .resized(to: size, filter: .bilinear, pool: .plates)
        let near = evidence.subject(within: Self.reach)
        let (least, most, around, close) = (low.plane(), high.plane(), sums.plane(), near.plane())
        share = withExtendedLifetime((low, high, sums, near)) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let isSeen = 1 - (least[i] / (most[i] + 1e-3)).stepped(Self.gaps.0, Self.gaps.1)
                    let weight = around[i] + 1e-3
                    let mean = around[count + i] / weight
                    let ofThing = around[2 * count + i] / weight - mean * mean
                    let ofStrands = around[3 * count + i] / weight + 1e-6
                    out[i] = close[i] * isSeen * (ofThing / ofStrands).stepped(Self.better.0, Self.better.1)
                }
            }
        }
    }

    /// Six channels: the subject's share for its minimum and for its maximum; a weight, the light, its square and the
    /// squared distance from the line between plate and subject, for means. Borders of what differs, and what the model
    /// sees, count in none.
    private static func terms(
        _ evidence: PlateEvidence, _ objects: PlateObjects, _ mixture: PlateSolver.Mixture
    ) -> FloatImage {
        let count = evidence.size.pixelCount
        let light = evidence.frame.luma
        let (share, misfit) = (mixture.values.plane(0), mixture.values.plane(2))
        let (depth, model) = (objects.depth.plane(), evidence.model.plane())
        let (luma, noise, spread) = (light.plane(), evidence.variance.plane(), mixture.foreground.plane(3))
        return withExtendedLifetime((evidence, objects, mixture, light)) {
            FloatImage.computed(evidence.size, channels: 6) { pixels, out in
                for i in pixels {
                    let weight: Float = depth[i] > 0.6 && model[i] < 0.5 ? 1 : 0
                    let part = weight * share[i].unit
                    out[i] = part + 1 - weight
                    out[count + i] = part
                    out[2 * count + i] = weight
                    out[3 * count + i] = weight * luma[i]
                    out[4 * count + i] = weight * luma[i] * luma[i]
                    out[5 * count + i] = weight * (misfit[i] * (noise[i] + spread[i]) + noise[i])
                }
            }
        }
    }
}
