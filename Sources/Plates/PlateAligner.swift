internal import Frames
internal import Pixels

/// A plate laid under one frame.
struct AlignedPlate {
    /// From the frame to the plate.
    let pose: Homography
    /// R'G'B' in the frame's light.
    let plate: FloatImage
    /// 0 or 1.
    let known: FloatImage
    /// Of frame − plate where the background is seen.
    let variance: FloatImage
    /// How far it may be believed, above 0 to 1.
    let confidence: Float
}

/// Lays the plate under frame after frame; remembers the pose and the confidence of the one before.
///
/// What is smooth or the same all over (pose, offsets, exposure, shadows) is found on pictures of half the size, which
/// says as much at a quarter of the work; what it makes of the plate is done once, at the whole size.
final class PlateAligner {
    let size: Size
    private let warp: PlateWarp
    private let coarseWarp: PlateWarp
    private let poses: PoseEstimator
    private var pose: Homography?
    private var confidence: Float?

    /// A confidence that was lost comes back this much with each frame, so that a plate that fits now and then does not
    /// flicker.
    private static let recovery: Float = 0.2
    /// The background must be at least this part of the picture.
    private static let leastBackground: Float = 0.03
    /// Pictures that are less than twice as long are not made smaller.
    private static let leastCoarse = 256

    init(_ plate: CleanPlate, size: Size) {
        self.size = size
        let isHalved = size.longerSide >= 2 * Self.leastCoarse
        let coarse = isHalved ? Size(width: (size.width + 1) / 2, height: (size.height + 1) / 2) : size
        warp = PlateWarp(plate, size: size)
        coarseWarp = isHalved ? PlateWarp(plate, size: coarse) : warp
        let known = plate.known.resized(to: coarse, filter: .area)
        poses = PoseEstimator(plate: plate.picture.resized(to: coarse, filter: .area), known: known)
    }

    /// The pose's eight values, or zeros where it is lost, and the confidence, or -1 before the first frame.
    var memory: [Float] {
        (pose?.values.map { Float($0) } ?? [Float](repeating: 0, count: 8)) + [confidence ?? -1]
    }

    /// - Returns: false where it is no such memory.
    func recall(_ memory: [Float]) -> Bool {
        guard memory.count == 9, memory.allSatisfy(\.isFinite) else { return false }
        let values = memory.prefix(8).map { Double($0) }
        pose = values.contains { $0 != 0 } ? Homography(values: values) : nil
        confidence = memory[8] < 0 ? nil : memory[8]
        return true
    }

    /// - Parameters:
    ///   - frame: R'G'B' of `size`.
    ///   - model: alpha of `size`.
    /// - Returns: nil where the plate does not belong to the frame.
    func aligned(to frame: FloatImage, model: FloatImage) -> AlignedPlate? {
        let found = alignment(to: frame, model: model)
        let now = found?.confidence ?? 0
        let believed = min(now, confidence.map { $0 + Self.recovery } ?? 1)
        confidence = believed
        guard let found, believed > 0 else { return nil }
        return AlignedPlate(
            pose: found.pose, plate: found.plate, known: found.known, variance: found.variance, confidence: believed)
    }

    /// The same with the confidence of this frame alone, whatever those before were.
    func alignment(to frame: FloatImage, model: FloatImage) -> AlignedPlate? {
        let found = found(frame, model)
        pose = found?.pose
        return found
    }

    private func found(_ frame: FloatImage, _ model: FloatImage) -> AlignedPlate? {
        let coarse = coarseWarp.size
        let isHalved = coarse != size
        let picture = isHalved ? frame.halved : frame
        let subject = Surroundings(isHalved ? model.halved : model)
        guard let pose = pose(of: picture, subject) else { return nil }
        let near = subject.near
        let rough = coarseWarp.laid(under: pose, offsets: nil)
        let roughMask = Self.mask(near, below: 0.05, where: rough)
        guard roughMask.share(above: 0.5) >= Self.leastBackground else { return nil }
        let roughMatch = PhotometricMatch(plate: rough, frame: picture, background: roughMask)
        let offsets = LocalOffsets.between(picture, and: roughMatch.applied(to: rough), background: roughMask)
        let coarsePlate = coarseWarp.laid(under: pose, offsets: offsets)
        let coarseMask = Self.mask(near, below: 0.05, where: coarsePlate)
        guard coarseMask.share(above: 0.5) >= Self.leastBackground else { return nil }
        let match = PhotometricMatch(plate: coarsePlate, frame: picture, background: coarseMask)

        let laid = warp.laid(under: pose, offsets: isHalved ? offsets.multiplied(by: 2) : offsets)
        let mask = Self.mask(near.resized(to: size, filter: .bilinear, pool: .plates), below: 0.05, where: laid)
        let samples = RobustScale.samples(where: mask, count: 1 << 13)
        let plate = FocusMatch.sharpened(match.applied(to: laid), to: frame, samples: samples)
        let noise = NoiseModel(frame: frame, plate: plate, samples: samples)
        let confidence = PlateConfidence.confidence(noise: noise, frame: frame, plate: plate, background: mask)
        guard confidence > 0 else { return nil }
        let variance = noise.variance
        let light = ShadowGain.gain(
            of: match.applied(to: coarsePlate), in: picture, variance: isHalved ? variance.halved : variance,
            apart: Self.mask(subject.beside, below: 0.03, where: coarsePlate))
        return AlignedPlate(
            pose: pose,
            plate: plate.multiplied(by: light.resized(to: size, filter: .bilinear, pool: .plates), pool: .plates),
            known: laid.isKnown,
            variance: variance, confidence: confidence)
    }

    private func pose(of picture: FloatImage, _ subject: Surroundings) -> Homography? {
        let around = subject.around.plane()
        let background = withExtendedLifetime(subject.around) {
            FloatImage.computed(picture.size) { pixels, out in for i in pixels { out[i] = around[i] < 0.05 ? 1 : 0 } }
        }
        guard background.share(above: 0.5) >= Self.leastBackground else { return nil }
        return poses.pose(of: picture, background: background, from: pose)?.rounded
    }

    /// 1 where alpha is below the threshold and the laid plate is known, 0 elsewhere.
    private static func mask(_ alpha: FloatImage, below threshold: Float, where laid: FloatImage) -> FloatImage {
        alpha.mask(below: threshold, where: laid.channel(3), isAbove: PlateWarp.leastKnown, pool: .plates)
    }
}

/// The largest alpha within 4, 5 and 8 pixels of a picture 640 pixels long.
private struct Surroundings {
    let beside: FloatImage
    let near: FloatImage
    let around: FloatImage

    init(_ alpha: FloatImage) {
        func reach(_ length: Float) -> Int { WorkingScale.reach(length, in: alpha.size) }
        // Squares add up.
        beside = alpha.largest(within: reach(4), pool: .plates)
        near = beside.largest(within: reach(5) - reach(4), pool: .plates)
        around = near.largest(within: reach(8) - reach(5), pool: .plates)
    }
}

extension FloatImage {
    /// Of a laid plate: 1 where it is known, else 0.
    fileprivate var isKnown: FloatImage {
        let known = plane(3)
        return withExtendedLifetime(self) {
            .computed(size) { pixels, out in for i in pixels { out[i] = known[i] > PlateWarp.leastKnown ? 1 : 0 } }
        }
    }
}
