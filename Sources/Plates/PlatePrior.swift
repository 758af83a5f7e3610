internal import Frames
internal import Pixels

extension PlateSolver {
    /// What is believed of alpha before the compositing equation is looked at: the model, and what differs from the plate.
    struct Prior {
        let alpha: FloatImage
        /// Standard deviation of alpha.
        let deviation: FloatImage
        /// How surely a pixel belongs to a thing whose colour the subject's do not explain, 0…1.
        let strange: FloatImage

        private static let edgeDeviation: Float = 0.3
        private static let sureDeviation: Float = 0.003
        /// By how much the deviation grows with the disagreement of model and plate.
        private static let doubt: Float = 3

        /// - Parameter mixture: with the colours of what the model is sure of.
        init(_ evidence: PlateEvidence, _ objects: PlateObjects, _ mixture: Mixture) {
            let size = evidence.size
            let unit = Double(evidence.unit)
            let (model, known, distance) = (
                evidence.model.plane(), evidence.known.plane(), evidence.distance.plane()
            )
            let (depth, region) = (objects.depth.plane(), objects.region.plane())
            let near = evidence.subject(within: 5)
            let within = evidence.subject(within: PlateEvidence.hair)
            let strands = LooseHair(evidence, objects, mixture).share
            let beside = mixture.values.channel(2).blurred(sigma: unit, pool: .plates)
            let (close, hairy, loose, misfit) = (near.plane(), within.plane(), strands.plane(), beside.plane())
            // Three channels: alpha; strange; how soft a place is that the model and the plate see differently though the
            // subject's colours explain it, such as hair.
            let count = size.pixelCount
            let first = FloatImage.computed(size, channels: 3) { pixels, out in
                for i in pixels {
                    let unexplained = (misfit[i] > 0 ? misfit[i] : 0).squareRoot().stepped(1.2, 2.5)
                    let expected = model[i] + (1 - model[i]) * depth[i]
                    let away = (1 - hairy[i]) * (1 - loose[i])
                    let standing = close[i] > loose[i] ? close[i] : loose[i]
                    out[i] = expected
                    out[count + i] = depth[i] * (unexplained > away ? unexplained : away)
                    out[2 * count + i] = (expected - model[i]).stepped(0.05, 0.3) * standing * (1 - unexplained)
                }
            }
            withExtendedLifetime((near, within, strands, beside)) {}
            let (expected, soft) = (first.plane(0), first.plane(2))
            let reach = Double(evidence.reach(3))
            let outer = FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let most = expected[i] > region[i] ? expected[i] : region[i]
                    out[i] = most * (1 - known[i] * (1 - distance[i].stepped(2, 4)))
                }
            }.dilated(radius: reach, pool: .plates)
            let inner = FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let seen = 1 - known[i] * (1 - distance[i].stepped(1.5, 8))
                    out[i] = expected[i] < seen ? expected[i] : seen
                }
            }.eroded(radius: reach, pool: .plates)
            let (high, low, inPlate) = (outer.plane(), inner.plane(), evidence.isInPlate.plane())
            deviation = withExtendedLifetime((evidence, objects, first, outer, inner)) {
                FloatImage.computed(size) { pixels, out in
                    for i in pixels {
                        let edge = (high[i] * 3).unit * ((1 - low[i]) * 3).unit
                        // Where the plate is unknown nobody knows better than the model.
                        let band = inPlate[i] * (edge > soft[i] ? edge : soft[i])
                        let disagreement = expected[i] - model[i]
                        out[i] = Self.sureDeviation + band * (Self.edgeDeviation + Self.doubt * disagreement)
                    }
                }
            }
            alpha = first.channel(0)
            strange = first.channel(1)
        }
    }
}
