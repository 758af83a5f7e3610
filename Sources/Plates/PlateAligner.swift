internal import Frames
internal import Pixels

/// A plate laid under one frame.
struct AlignedPlate {
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
final class PlateAligner {
    let size: Size
    private let warp: PlateWarp
    private let poses: PoseEstimator
    private var pose: Homography?
    private var confidence: Float?

    /// A confidence that was lost comes back this much with each frame, so that a plate that fits now and then does not
    /// flicker.
    private static let recovery: Float = 0.2
    /// The background must be at least this part of the picture.
    private static let leastBackground: Float = 0.03

    init(_ plate: CleanPlate, size: Size) {
        self.size = size
        warp = PlateWarp(plate, size: size)
        let known = plate.known.resized(to: size, filter: .area)
        poses = PoseEstimator(plate: plate.picture.resized(to: size, filter: .area), known: known)
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
        if now == 0 { pose = nil }
        guard let found, believed > 0 else { return nil }
        return AlignedPlate(
            plate: found.plate, known: found.known, variance: found.variance, confidence: believed)
    }

    private func alignment(to frame: FloatImage, model: FloatImage) -> AlignedPlate? {
        let around = model.largest(within: WorkingScale.reach(8, in: size))
        let background = Self.below(around, 0.05)
        guard background.mean >= Self.leastBackground,
            let pose = poses.pose(of: frame, background: background, from: pose)?.rounded
        else { return nil }
        self.pose = pose
        let near = Self.below(model.largest(within: WorkingScale.reach(5, in: size)), 0.05)
        let rough = warp.laid(under: pose, offsets: nil)
        let roughMask = Self.both(near, rough.channel(3))
        guard roughMask.mean >= Self.leastBackground else { return nil }
        let matched = PhotometricMatch.matched(rough, to: frame, background: roughMask)
        let offsets = LocalOffsets.between(frame, and: matched, background: roughMask)
        let laid = warp.laid(under: pose, offsets: offsets)
        let known = laid.channel(3)
        let mask = Self.both(near, known)
        guard mask.mean >= Self.leastBackground else { return nil }
        let plate = PhotometricMatch.sharpened(
            PhotometricMatch.matched(laid, to: frame, background: mask), to: frame, background: mask)
        let noise = NoiseModel(frame: frame, plate: plate, background: mask)
        let confidence = PlateConfidence.confidence(
            noise: noise, frame: frame, plate: plate, background: mask)
        guard confidence > 0 else { return nil }
        let variance = noise.variance
        let apart = Self.both(
            Self.below(model.largest(within: WorkingScale.reach(4, in: size)), 0.03), known)
        return AlignedPlate(
            plate: ShadowGain.relit(plate, for: frame, variance: variance, apart: apart), known: known,
            variance: variance, confidence: confidence)
    }

    /// 1 below the threshold, 0 elsewhere.
    private static func below(_ picture: FloatImage, _ threshold: Float) -> FloatImage {
        let source = picture.plane()
        return withExtendedLifetime(picture) {
            FloatImage.computed(picture.size) { pixels, out in
                for i in pixels { out[i] = source[i] < threshold ? 1 : 0 }
            }
        }
    }

    private static func both(_ one: FloatImage, _ other: FloatImage) -> FloatImage {
        let (a, b) = (one.plane(), other.plane())
        return withExtendedLifetime((one, other)) {
            FloatImage.computed(one.size) { pixels, out in for i in pixels { out[i] = a[i] * b[i] } }
        }
    }
}
