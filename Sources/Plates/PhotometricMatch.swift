internal import Frames
internal import Pixels

/// Brings the plate to the frame's exposure, white balance and sharpness, by what the background shows.
enum PhotometricMatch {
    private static let rounds = 6

    /// - Parameters:
    ///   - plate: four channels, see `PlateWarp.laid(under:offsets:)`.
    ///   - background: where the frame shows known background for certain, 0 or 1.
    /// - Returns: R'G'B' of the plate with a gain and an offset for each channel and a correction that varies slowly
    ///   over the picture.
    static func matched(_ plate: FloatImage, to frame: FloatImage, background: FloatImage) -> FloatImage {
        defer { withExtendedLifetime((frame, plate)) {} }
        let samples = RobustScale.samples(where: background)
        let lines = (0..<3).map { line(plate.plane($0), frame.plane($0), samples) }
        let count = frame.size.pixelCount
        let source = plate.plane()
        let global = withExtendedLifetime(plate) {
            FloatImage.computed(frame.size, channels: 3) { pixels, out in
                for channel in 0..<3 {
                    let (gain, offset) = lines[channel]
                    for i in pixels { out[channel * count + i] = gain * source[channel * count + i] + offset }
                }
            }
        }
        return addingSlowDifference(global, to: frame, background: background, samples)
    }

    /// frame ≈ gain · plate + offset by iteratively reweighted least squares.
    private static func line(
        _ plate: UnsafePointer<Float>, _ frame: UnsafePointer<Float>, _ samples: [Int]
    ) -> (gain: Float, offset: Float) {
        guard samples.count > 100 else { return (1, 0) }
        var (gain, offset) = (Double(1), Double(RobustScale.median(samples.map { frame[$0] - plate[$0] })))
        for _ in 0..<rounds {
            let residuals = samples.map { frame[$0] - Float(gain) * plate[$0] - Float(offset) }
            let scale =
                2 * (RobustScale.deviation(ofMedian: RobustScale.median(residuals.map { abs($0) })) + 0.3 / 255)
            var (pp, p, one, pf, f) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for (sample, residual) in zip(samples, residuals) {
                let share = Double(residual / scale)
                let weight = 1 / ((1 + share * share) * (1 + share * share))
                let (x, y) = (Double(plate[sample]), Double(frame[sample]))
                pp += weight * x * x
                p += weight * x
                one += weight
                pf += weight * x * y
                f += weight * y
            }
            // A flat plate does not tell gain from offset: the gain is 1 then.
            guard let solution = LinearSystem.solve([pp + 0.01 * one, p, p, one], [pf + 0.01 * one, f]) else { break }
            (gain, offset) = (solution[0], solution[1])
        }
        return (Float(gain), Float(offset))
    }

    /// Adds the mean difference around each place, which a vignette or a lamp leaves; what differs strongly counts
    /// little in it, and far from all background it fades.
    private static func addingSlowDifference(
        _ plate: FloatImage, to frame: FloatImage, background: FloatImage, _ samples: [Int]
    ) -> FloatImage {
        defer { withExtendedLifetime((frame, plate, background)) {} }
        let size = frame.size
        let count = size.pixelCount
        let (now, then, mask) = (frame.plane(), plate.plane(), background.plane())
        let median = RobustScale.median(
            samples.flatMap { i in (0..<3).map { abs(now[$0 * count + i] - then[$0 * count + i]) } })
        let scale = 3 * (RobustScale.deviation(ofMedian: median) + 0.5 / 255)
        let weighted = FloatImage.computed(size, channels: 4) { pixels, out in
            for i in pixels {
                var energy: Float = 0
                for channel in 0..<3 {
                    let difference = now[channel * count + i] - then[channel * count + i]
                    energy += difference * difference
                }
                let share = energy / 3 / (scale * scale)
                let weight = mask[i] / ((1 + share) * (1 + share))
                for channel in 0..<3 {
                    out[channel * count + i] = weight * (now[channel * count + i] - then[channel * count + i])
                }
                out[3 * count + i] = weight
            }
        }
        let small = Size(width: max(1, size.width / 8), height: max(1, size.height / 8))
        let around = weighted.resized(to: small, filter: .area)
            .blurred(sigma: Double(3 * WorkingScale.unit(of: size))).resized(to: size, filter: .bilinear)
        let slow = around.plane()
        return withExtendedLifetime((plate, around)) {
            FloatImage.computed(size, channels: 3) { pixels, out in
                for channel in 0..<3 {
                    for i in pixels {
                        let at = channel * count + i
                        out[at] = then[at] + slow[at] / (slow[3 * count + i] + 0.05)
                    }
                }
            }
        }
    }

    /// The plate sharper or softer by a share of its Laplacian, as the frame's focus and compression are.
    static func sharpened(_ plate: FloatImage, to frame: FloatImage, background: FloatImage) -> FloatImage {
        defer { withExtendedLifetime((frame, plate, background)) {} }
        let size = frame.size
        let (width, height, count) = (size.width, size.height, size.pixelCount)
        let (now, then) = (frame.plane(), plate.plane())
        let laplacian = FloatImage.computed(size, channels: 3) { pixels, out in
            for channel in 0..<3 {
                let base = then + channel * count
                for row in pixels.lowerBound / width..<pixels.upperBound / width {
                    let (up, down) = (max(row - 1, 0) * width, min(row + 1, height - 1) * width)
                    for column in 0..<width {
                        let (left, right) = (max(column - 1, 0), min(column + 1, width - 1))
                        let i = row * width + column
                        out[channel * count + i] =
                            base[row * width + left] + base[row * width + right] + base[up + column]
                            + base[down + column] - 4 * base[i]
                    }
                }
            }
        }
        let samples = RobustScale.samples(where: background, count: 1 << 15)
        let second = laplacian.plane()
        let median = RobustScale.median(samples.prefix(8192).map { abs(now[$0] - then[$0]) })
        let scale = Double(3 * RobustScale.deviation(ofMedian: median) + 1 / 255)
        var (products, squares) = (0.0, 1e-6)
        for sample in samples {
            for channel in 0..<3 {
                let i = channel * count + sample
                let (slope, error) = (Double(second[i]), Double(now[i] - then[i]))
                let share = error / scale
                let weight = 1 / ((1 + share * share) * (1 + share * share))
                products += weight * slope * error
                squares += weight * slope * slope
            }
        }
        let amount = Float(min(max(products / squares, -0.1), 0.2))
        return withExtendedLifetime((plate, laplacian)) {
            FloatImage.computed(size, channels: 3) { pixels, out in
                for channel in 0..<3 {
                    for i in pixels {
                        out[channel * count + i] = then[channel * count + i] + amount * second[channel * count + i]
                    }
                }
            }
        }
    }
}
