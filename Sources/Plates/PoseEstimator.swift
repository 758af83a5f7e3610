internal import Frames
internal import Pixels

/// Finds how the plate lies under a frame: from the pose of the frame before, or by a search where there is none.
struct PoseEstimator {
    /// Of the coarsest level: a search there takes a moment, and it has some thousand pixels.
    private static let leastWidth = 64
    /// Of the slow part that is taken off, in parts of the width.
    private static let slowSigma = 12.0 / 640

    private let plate: [FloatImage]
    private let known: [FloatImage]
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
        self.plate = PoseLevel.pyramid(detail, levels: levels)
        self.known = PoseLevel.pyramid(known, levels: levels)
    }

    /// - Parameters:
    ///   - frame: R'G'B' at the plate's size.
    ///   - background: where the frame shows background for certain, 0 or 1.
    ///   - start: the pose of the frame before.
    /// - Returns: nil where none was found.
    func pose(of frame: FloatImage, background: FloatImage, from start: Homography?) -> Homography? {
        let detail = PoseLevel.withoutSlowPart(
            frame.luma, known: background, sigma: Self.slowSigma * Double(size.width))
        let frames = PoseLevel.pyramid(detail, levels: levels)
        let masks = PoseLevel.pyramid(background, levels: levels)
        let levels = (0..<levels).map {
            PoseLevel(frame: frames[$0], mask: masks[$0], plate: plate[$0], plateKnown: known[$0])
        }
        guard let coarsest = levels.last else { return nil }
        var pose = start
        if pose == nil {
            pose = PoseRefinement(coarsest, stride: 1)
                .refined(PoseSearch.shift(coarsest), iterations: 10, shiftOnly: true)
        }
        for (index, level) in levels.enumerated().reversed() where start == nil || index < levels.count - 1 {
            guard let from = pose else { return nil }
            // Some ten thousand pixels say enough of nine unknowns.
            let stride = max(level.size.longerSide / 160, 1)
            pose = PoseRefinement(level, stride: stride).refined(from, iterations: index == 0 ? 4 : 8)
        }
        let aspect = Double(size.height) / Double(size.width)
        return pose.flatMap { $0.isPlausible(aspect: aspect) ? $0 : nil }
    }
}
