internal import Frames
internal import Pixels

/// Makes the plate sharper or softer by a share of its Laplacian, as the frame's focus and compression are.
enum FocusMatch {
    /// Shares that change nothing to be seen are left out.
    private static let least: Float = 0.003

    /// - Parameters:
    ///   - plate: R'G'B' in the frame's light.
    ///   - samples: places where the frame shows known background for certain.
    static func sharpened(_ plate: FloatImage, to frame: FloatImage, samples: [Int32]) -> FloatImage {
        defer { withExtendedLifetime((frame, plate)) {} }
        let size = frame.size
        let (width, height, count) = (size.width, size.height, size.pixelCount)
        let (now, then) = (frame.plane(), plate.plane())
        let median = RobustScale.median(samples.map { abs(now[Int($0)] - then[Int($0)]) })
        let scale = 3 * RobustScale.deviation(ofMedian: median) + 1 / 255
        var (products, squares) = (0.0, 1e-6 / 4)
        for sample in samples.lazy.map({ Int($0) }) {
            let (row, column) = sample.quotientAndRemainder(dividingBy: width)
            guard row > 0, row < height - 1, column > 0, column < width - 1 else { continue }
            for channel in 0..<3 {
                let i = channel * count + sample
                let slope = then[i - 1] + then[i + 1] + then[i - width] + then[i + width] - 4 * then[i]
                let error = now[i] - then[i]
                let share = error / scale
                let weight = 1 / ((1 + share * share) * (1 + share * share))
                products += Double(weight * slope * error)
                squares += Double(weight * slope * slope)
            }
        }
        let amount = Float(min(max(products / squares, -0.1), 0.2))
        guard abs(amount) >= least else { return plate }
        return plate.sharpened(by: amount, pool: .plates)
    }
}
