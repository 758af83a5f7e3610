internal import Frames

/// What differs from the plate and touches the subject.
struct PlateObjects {
    /// 1 where frame and plate differ for certain and the place is connected with the model's subject, else 0.
    let region: FloatImage
    /// 0 at the region's border to 1 a few pixels inside; thin parts reach 1 in their middle.
    let depth: FloatImage

    /// Pixels of a picture 640 wide from the region's border, which lies outside of soft edges, to what is all object.
    private static let softness: Float = 3

    init(_ evidence: PlateEvidence) {
        let size = evidence.size
        let (distance, known, model) = (
            evidence.distance.plane(), evidence.known.plane(), evidence.model.plane()
        )
        let differing = FloatImage.computed(size) { pixels, out in
            for i in pixels { out[i] = known[i] * distance[i].stepped(2, 4) > 0.5 ? 1 : 0 }
        }
        let differs = differing.plane()
        let either = FloatImage.computed(size) { pixels, out in
            for i in pixels { out[i] = differs[i] > 0.5 || model[i] > 0.5 ? 1 : 0 }
        }
        let connected = ConnectedRegions(either).reached(from: evidence.model, above: 0.9)
        let touches = connected.plane()
        region = withExtendedLifetime((evidence, differing, connected)) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels { out[i] = differs[i] * touches[i] }
            }
        }
        let inward = MaskDepth.depth(of: region)
        let widest = inward.largest(within: WorkingScale.reach(4, in: size))
        let (own, most) = (inward.plane(), widest.plane())
        let unit = WorkingScale.unit(of: size)
        depth = withExtendedLifetime((inward, widest)) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let reach = min(max(most[i] / unit, 1), Self.softness)
                    out[i] = (own[i] / unit / reach).stepped(0.3, 1)
                }
            }
        }
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
