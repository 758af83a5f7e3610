internal import Frames
internal import Pixels

/// Finds roughly how far the camera was moved, at the coarsest level: the shift at which frame and plate correlate best.
enum PoseSearch {
    /// - Returns: the best shift within a fifth of the width and a tenth of it up and down.
    static func shift(_ level: PoseLevel) -> Homography {
        let (width, height) = (level.size.width, level.size.height)
        let (frame, mask) = (level.frame.plane(), level.mask.plane())
        let (plate, known) = (level.plate.plane(0), level.plate.plane(3))
        let least = level.mask.share(above: 0.9) * Float(level.size.pixelCount) * 0.3
        var best = (correlation: Float(0.2), x: 0, y: 0)
        for dy in -width / 10...width / 10 {
            for dx in -width / 5...width / 5 {
                var (both, frames, plates, count): (Float, Float, Float, Float) = (0, 0, 0, 0)
                for row in max(0, -dy)..<max(min(height, height - dy), max(0, -dy)) {
                    for column in max(0, -dx)..<min(width, width - dx) {
                        let (here, there) = (row * width + column, (row + dy) * width + column + dx)
                        guard mask[here] > 0.9, known[there] > 0.9 else { continue }
                        both += frame[here] * plate[there]
                        frames += frame[here] * frame[here]
                        plates += plate[there] * plate[there]
                        count += 1
                    }
                }
                guard count >= least, frames > 0, plates > 0 else { continue }
                let correlation = both / (frames * plates).squareRoot()
                if correlation > best.correlation { best = (correlation, dx, dy) }
            }
        }
        withExtendedLifetime(level) {}
        var start = Homography.identity
        start.values[2] = 2 * Double(best.x) / Double(width)
        start.values[5] = 2 * Double(best.y) / Double(width)
        return start
    }
}
