internal import Frames
internal import Pixels

/// Finds how the plate lies under a frame: from the pose of the frame before, or by a search where there is none.
struct PoseEstimator {
    /// Of the coarsest level: a search there takes a moment, and it has some thousand pixels.
    private static let leastWidth = 64
    /// Of the slow part that is taken off, in parts of the width.
    private static let slowSigma = 12.0 / 640

    /// See `PoseLevel.steep(_:known:)`.
    private let plate: [FloatImage]
    private let size: Size
    private let levels: Int

    /// - Parameters:
    ///   - plate: R'G'B'.
    ///   - known: 0 or 1 at the plate's size.
    init(plate: FloatImage, known: FloatImage) {
        size = plate.size
        var levels = 1
        while plate.size.longerSide >> levels >= Self.leastWidth { levels += 1 }
        self.levels = levels
        let detail = PoseLevel.withoutSlowPart(
            plate.luma, known: known, sigma: Self.slowSigma * Double(plate.size.width))
        self.plate = zip(PoseLevel.pyramid(detail, levels: levels), PoseLevel.pyramid(known, levels: levels))
            .map(PoseLevel.steep)
    }

    /// - Parameters:
    ///   - frame: R'G'B' at the plate's size.
    ///   - background: where the frame shows background for certain, 0 or 1.
    ///   - start: the pose of the frame before.
    /// - Returns: nil where none was found.
    func pose(of frame: FloatImage, background: FloatImage, from start: Homography?) -> Homography? {
        let detail = PoseLevel.withoutSlowPart(
            frame.luma, known: background, sigma: Self.slowSigma * Double(size.width))
        if let start, let pose = followed(detail, background, from: start) { return plausible(pose) }
        let frames = PoseLevel.pyramid(detail, levels: levels)
        let masks = PoseLevel.pyramid(background, levels: levels)
        let levels = (0..<levels).map { PoseLevel(frame: frames[$0], mask: masks[$0], plate: plate[$0]) }
        guard let coarsest = levels.last else { return nil }
        var pose = start
        if pose == nil {
            pose = PoseRefinement(coarsest, stride: 1)
                .refined(PoseSearch.shift(coarsest), iterations: 10, shiftOnly: true)
        }
        for (index, level) in levels.enumerated().reversed() where start == nil || index < levels.count - 1 {
            guard let from = pose else { return nil }
            pose = PoseRefinement(level, stride: Self.stride(level)).refined(from, iterations: index == 0 ? 4 : 8)
        }
        return pose.flatMap(plausible)
    }

    /// A camera that stands still, or moves slowly, needs no pyramid once the pose is known.
    private func followed(_ frame: FloatImage, _ background: FloatImage, from start: Homography) -> Homography? {
        let level = PoseLevel(frame: frame, mask: background, plate: plate[0])
        return PoseRefinement(level, stride: Self.stride(level)).followed(start, within: Self.nearby, iterations: 4)
    }

    /// In pixels, at most half of what a registration of this kind finds at one level.
    private static let nearby = 0.5

    /// Some ten thousand pixels say enough of nine unknowns.
    private static func stride(_ level: PoseLevel) -> Int { max(level.size.longerSide / 160, 1) }

    private func plausible(_ pose: Homography) -> Homography? {
        let aspect = Double(size.height) / Double(size.width)
        return pose.isPlausible(aspect: aspect) ? pose : nil
    }
}
