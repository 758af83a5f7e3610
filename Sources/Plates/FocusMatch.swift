internal import Frames
internal import Pixels

/// Makes the plate sharper or softer by a share of its Laplacian, as the frame's focus and compression are.
enum FocusMatch {
    /// Shares that change nothing to be seen are left out.
    private static let least: Float = 0.003

    /// - Parameters:
    ///   - plate: R'G'B' in the frame's light.
    ///   - background: where the frame shows known background for certain, 0 or 1.
    static func sharpened(_ plate: FloatImage, to frame: FloatImage, background: FloatImage) -> FloatImage {
        defer { withExtendedLifetime((frame, plate)) {} }
        let size = frame.size
        let (width, height, count) = (size.width, size.height, size.pixelCount)
        let (now, then) = (frame.plane(), plate.plane())
        let samples = RobustScale.samples(where: background, count: 1 << 13)
        let median = RobustScale.median(samples.map { abs(now[$0] - then[$0]) })
        let scale = 3 * RobustScale.deviation(ofMedian: median) + 1 / 255
        var (products, squares) = (0.0, 1e-6 / 4)
        for sample in samples {
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
        return FloatImage.computed(size, channels: 3) { pixels, out in
            for line in 0..<3 {
                let base = then + line * count
                let target = out + line * count
                for row in pixels.lowerBound / width..<pixels.upperBound / width {
                    let here = base + row * width
                    let (up, down) = (base + max(row - 1, 0) * width, base + min(row + 1, height - 1) * width)
                    let to = target + row * width
                    func value(_ left: Int, _ column: Int, _ right: Int) -> Float {
                        let second = here[left] + here[right] + up[column] + down[column] - 4 * here[column]
                        return here[column] + amount * second
                    }
                    to[0] = value(0, 0, min(1, width - 1))
                    to[width - 1] = value(max(width - 2, 0), width - 1, width - 1)
                    for column in 1..<max(width - 1, 1) { to[column] = value(column - 1, column, column + 1) }
                }
            }
        }
    }
}
