internal import Frames

/// Tells holes from openings that belong there.
///
/// Between an arm and a hip there is a true opening: it comes from the outside, or from just behind the outline when the
/// arm lifts off. A fault opens amid the subject: where it is now, and all around, there was subject a frame ago; or
/// it never opens quite, and the room shines through. What began as a fault stays one as long as it lasts.
struct HoleDetector {
    /// Below, the subject has a hole.
    private static let openAlpha: Float = 0.5
    /// From here on it is solid.
    private static let solidAlpha: Float = 0.9
    /// Above, even the middle of a region is no true opening.
    private static let veiledAlpha: Float = 0.15
    /// In pixels of a `SmallMatte`; less is no more than a lock of hair.
    private static let leastPixels = 8
    /// Regions must be that large for their middle to be free of the edges' averages.
    private static let leastVeiledPixels = 24

    private var faults: [Bool] = []

    /// Takes the next frame.
    ///
    /// - Parameter before: the frame before, of the same shot and size.
    /// - Returns: pixels of holes.
    mutating func holes(in matte: SmallMatte, before: SmallMatte?) -> Int {
        let width = matte.alpha.size.width
        let values = matte.alpha.withFloats(Array.init)
        let regions = EnclosedRegions.find(in: values.map { $0 < Self.openAlpha }, width: width)
        let solid = before?.far.least.withFloats { $0.map { $0 >= Self.solidAlpha } }
        let earlier = before == nil ? [] : faults
        var now = [Bool](repeating: false, count: values.count)
        var count = 0
        for region in regions where region.count >= Self.leastPixels {
            func share(of mask: [Bool]?) -> Double {
                guard let mask, mask.count == values.count else { return 0 }
                return Double(region.count { mask[$0] }) / Double(region.count)
            }
            let isVeiled =
                region.count >= Self.leastVeiledPixels && region.allSatisfy { values[$0] > Self.veiledAlpha }
            guard isVeiled || share(of: solid) >= 0.5 || share(of: earlier) >= 0.3 else { continue }
            count += region.count
            for pixel in region { now[pixel] = true }
        }
        faults = now
        return count
    }
}
