internal import Frames
internal import Pixels

/// What differs from the plate and touches the subject.
struct PlateObjects {
    /// 1 where frame and plate differ for certain and the place is connected with the model's subject, else 0.
    let region: FloatImage
    /// 0 at the region's border to 1 a few pixels inside; thin parts reach 1 in their middle.
    let depth: FloatImage

    /// Pixels of a picture 640 wide from the region's border, which lies outside of soft edges, to what is all object.
    private static let softness: Float = 3
    /// By which part of its range the plate's light may go beyond it on either side, as sharper stripes do: their contrast
    /// doubles.
    private static let sharper: Float = 0.5

    init(_ evidence: PlateEvidence) {
        let size = evidence.size
        let (distance, known, model) = (
            evidence.distance.plane(), evidence.known.plane(), evidence.model.plane()
        )
        let unshifted = Self.unshiftedDistance(evidence)
        let beyond = unshifted.plane()
        let differing = withExtendedLifetime(unshifted) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let (far, farther) = (distance[i] - 3, beyond[i] - 1.5)
                    out[i] = known[i] * (far < farther ? far : farther) > 0 ? 1 : 0
                }
            }
        }
        let differs = differing.plane()
        let either = FloatImage.computed(size) { pixels, out in
            for i in pixels { out[i] = (differs[i] > model[i] ? differs[i] : model[i]) > 0.5 ? 1 : 0 }
        }
        let connected = ConnectedRegions(either).reached(from: evidence.model, above: 0.9)
        let touches = connected.plane()
        region = withExtendedLifetime((evidence, differing, connected)) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels { out[i] = differs[i] * touches[i] }
            }
        }
        let inward = MaskDepth.depth(of: region)
        let widest = inward.largest(within: WorkingScale.reach(4, in: size), pool: .plates)
        let (own, most) = (inward.plane(), widest.plane())
        let unit = WorkingScale.unit(of: size)
        depth = withExtendedLifetime((inward, widest)) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let wide = most[i] / unit
                    let reach = wide > 1 ? (wide < Self.softness ? wide : Self.softness) : 1
                    out[i] = (own[i] / unit / reach).stepped(0.3, 1)
                }
            }
        }
    }

    /// The distance that no small shift of the plate explains: fences and blinds, whose stripes lie closer together than the
    /// plate lies exact, differ from themselves, and are more or less blurred. The light may be any that the plate has
    /// nearby, and a little beyond where the model sees nothing; the colour may not.
    ///
    /// - Returns: root of the mean squared difference around each pixel in standard deviations.
    private static func unshiftedDistance(_ evidence: PlateEvidence) -> FloatImage {
        let (light, reach) = (evidence.plate.luma, evidence.reach(2))
        let (least, most) = (light.smallest(within: reach, pool: .plates), light.largest(within: reach, pool: .plates))
        let (low, high, model) = (least.plane(), most.plane(), evidence.model.plane())
        let count = light.size.pixelCount
        let range = withExtendedLifetime((least, most, evidence)) {
            FloatImage.computed(light.size, channels: 2) { pixels, out in
                for i in pixels {
                    let more = sharper * (1 - model[i].stepped(0.05, 0.5)) * (high[i] - low[i])
                    (out[i], out[count + i]) = (low[i] - more, high[i] + more)
                }
            }
        }
        let energies = evidence.scene.energies(
            beyond: (range.channel(0), range.channel(1)), variance: evidence.variance,
            most: PlateEvidence.mostEnergy, pool: .plates)
        return PlateEvidence.distance(energies, unit: evidence.unit)
    }

    private init(region: FloatImage, depth: FloatImage) { (self.region, self.depth) = (region, depth) }

    func cut(to window: PictureWindow) -> PlateObjects {
        PlateObjects(region: window.cut(region), depth: window.cut(depth))
    }

    /// Nothing.
    init(noneOf size: Size) {
        region = FloatImage.computed(size) { pixels, out in for i in pixels { out[i] = 0 } }
        depth = region
    }
}
