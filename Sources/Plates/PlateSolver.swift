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
        foreground = ForegroundColors(evidence.scene, weights: seeds, alpha: nil, unit: evidence.unit)
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
        foreground = ForegroundColors(evidence.scene, weights: weights, alpha: nil, unit: evidence.unit)
        alpha = solved(prior)
        for _ in 1..<Self.turns {
            foreground = ForegroundColors(
                evidence.scene, weights: Self.fourthPower(alpha), alpha: alpha, unit: evidence.unit)
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
        return fourthPower(kept.smallest(within: evidence.reach(2), pool: .plates))
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
        /// F, and its variance as a fourth channel.
        let foreground: FloatImage

        init(_ evidence: PlateEvidence, _ foreground: ForegroundColors) {
            self.foreground = foreground.picture
            values = evidence.scene.mixtures(of: foreground.picture, variance: evidence.variance, pool: .plates)
        }
    }
}
