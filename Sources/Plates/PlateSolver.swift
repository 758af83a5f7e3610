internal import Frames
internal import Pixels

/// Solves I = αF + (1 − α)B with the known background B for alpha and foreground.
///
/// For each pixel, alpha along the line from B to the estimated F is one observation; its variance is that of noise and
/// of the foreground's colour over |F − B|². The model's alpha is the prior: exact where it is sure and the plate does
/// not object, weak along edges and where both disagree (Bayesian matting, Chuang et al., CVPR 2001, with known B).
/// Where F and B are alike, or the plate is unknown, neighbours and the model decide. F and alpha are estimated in turns.
struct PlateSolver {
    private static let turns = 2
    /// Precision with which alpha is expected to be that around it: a standard deviation of a sixth.
    private static let togetherness: Float = 36

    private let evidence: PlateEvidence

    /// One channel, 0…1.
    private(set) var alpha: FloatImage
    /// R'G'B' of the subject where it is seen, and spread from there, and its variance.
    private(set) var foreground: ForegroundColors

    init(_ evidence: PlateEvidence, _ objects: PlateObjects) {
        self.evidence = evidence
        let size = evidence.size
        let seeds = Self.certain(evidence)
        foreground = ForegroundColors(
            evidence.frame, plate: evidence.plate, weights: seeds, alpha: nil, unit: evidence.unit)
        let mixture = Mixture(evidence, foreground)
        let prior = Prior(evidence, objects, mixture)
        // Colours of things that the model's own colours do not explain.
        let (own, others, deep) = (seeds.plane(), prior.strange.plane(), objects.depth.plane())
        let weights = withExtendedLifetime((seeds, prior, objects)) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let other = deep[i] > 0.6 ? others[i] * others[i] : 0
                    out[i] = own[i] > other ? own[i] : other
                }
            }
        }
        alpha = prior.alpha
        foreground = ForegroundColors(
            evidence.frame, plate: evidence.plate, weights: weights, alpha: nil, unit: evidence.unit)
        alpha = solved(prior)
        for _ in 1..<Self.turns {
            foreground = ForegroundColors(
                evidence.frame, plate: evidence.plate, weights: Self.fourthPower(alpha), alpha: alpha,
                unit: evidence.unit)
            alpha = solved(prior)
        }
    }

    /// Where the model sees nothing but the subject for some pixels around, and the plate does not object.
    private static func certain(_ evidence: PlateEvidence) -> FloatImage {
        defer { withExtendedLifetime(evidence) {} }
        let (model, known, distance) = (
            evidence.model.plane(), evidence.known.plane(), evidence.distance.plane()
        )
        let kept = FloatImage.computed(evidence.size) { pixels, out in
            for i in pixels {
                let differs = 1 - known[i] * (1 - distance[i].stepped(2, 4))
                out[i] = model[i] < differs ? model[i] : differs
            }
        }
        return fourthPower(kept.smallest(within: evidence.reach(2)))
    }

    private static func fourthPower(_ picture: FloatImage) -> FloatImage {
        let source = picture.plane()
        return withExtendedLifetime(picture) {
            FloatImage.computed(picture.size) { pixels, out in
                for i in pixels {
                    let square = source[i] * source[i]
                    out[i] = square * square
                }
            }
        }
    }

    /// Alpha from prior and observation; neighbours help where both are weak.
    private func solved(_ prior: Prior) -> FloatImage {
        let size = evidence.size
        let count = size.pixelCount
        let mixture = Mixture(evidence, foreground)
        let (observed, precision) = (mixture.values.plane(0), mixture.values.plane(1))
        let (expected, spread) = (prior.alpha.plane(), prior.deviation.plane())
        let (known, distance) = (evidence.known.plane(), evidence.distance.plane())
        let weighted = FloatImage.computed(size, channels: 2) { pixels, out in
            for i in pixels {
                let weight = known[i] * precision[i]
                let own = 1 / (spread[i] * spread[i])
                out[i] = weight * observed[i] + expected[i] * own
                out[count + i] = weight + own
            }
        }
        withExtendedLifetime((mixture, prior)) {}
        let smooth = PullPush.spread(weighted, strength: Self.togetherness, otherwise: [0])
        let values = smooth.plane()
        return withExtendedLifetime((smooth, evidence)) {
            FloatImage.computed(size) { pixels, out in
                // What does not differ from the plate by more than noise is background.
                for i in pixels { out[i] = values[i].unit * (1 - known[i] * (1 - distance[i].stepped(2, 4))) }
            }
        }
    }

    /// Alpha as the compositing equation gives it, pixel by pixel.
    struct Mixture {
        /// Three channels: alpha, its precision (1/variance), and how far the colour lies beside the line from B to F,
        /// as a squared distance in standard deviations.
        let values: FloatImage

        init(_ evidence: PlateEvidence, _ foreground: ForegroundColors) {
            let size = evidence.size
            let count = size.pixelCount
            let (now, then, front) = (evidence.frame.plane(), evidence.plate.plane(), foreground.picture.plane())
            let noise = evidence.variance.plane()
            values = withExtendedLifetime((evidence, foreground)) {
                FloatImage.computed(size, channels: 3) { pixels, out in
                    for i in pixels {
                        let (background0, background1, background2) = (then[i], then[count + i], then[2 * count + i])
                        let (d0, d1, d2) = (
                            now[i] - background0, now[count + i] - background1, now[2 * count + i] - background2
                        )
                        let (f0, f1, f2) = (
                            front[i] - background0, front[count + i] - background1, front[2 * count + i] - background2
                        )
                        let length = (f0 * f0 + f1 * f1 + f2 * f2) / 3
                        let alpha = (d0 * f0 + d1 * f1 + d2 * f2) / 3 / (length + 1e-6)
                        let inside = alpha.unit
                        let (r0, r1, r2) = (d0 - inside * f0, d1 - inside * f1, d2 - inside * f2)
                        let beside = (r0 * r0 + r1 * r1 + r2 * r2) / 3
                        let variance = noise[i] + inside * inside * front[3 * count + i]
                        out[i] = alpha
                        out[count + i] = length / (variance + 0.3 * beside)
                        out[2 * count + i] = beside / (noise[i] + front[3 * count + i])
                    }
                }
            }
        }
    }
}
