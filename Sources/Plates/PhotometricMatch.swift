internal import Frames
internal import Pixels

/// How the plate's exposure and white balance become the frame's, by what the background shows: a gain and an offset for
/// each channel, and a correction that varies slowly over the picture.
struct PhotometricMatch {
    private static let rounds = 4

    private let lines: [(gain: Float, offset: Float)]
    /// R'G'B' on a coarse grid, to be added.
    private let slowDifference: FloatImage

    /// - Parameters:
    ///   - plate: four channels, see `PlateWarp.laid(under:offsets:)`, of the frame's size.
    ///   - background: where the frame shows known background for certain, 0 or 1.
    init(plate: FloatImage, frame: FloatImage, background: FloatImage) {
        defer { withExtendedLifetime((frame, plate)) {} }
        let samples = RobustScale.samples(where: background, count: 2048)
        let lines = (0..<3).map { Self.line(plate.plane($0), frame.plane($0), samples) }
        self.lines = lines
        slowDifference = Self.slowDifference(of: frame, from: plate, lines, background: background, samples)
    }

    /// - Parameter plate: four channels, at any size.
    /// - Returns: R'G'B' in the frame's light.
    func applied(to plate: FloatImage) -> FloatImage {
        let size = plate.size
        let count = size.pixelCount
        let around = slowDifference.resized(to: size, filter: .bilinear, pool: .plates)
        let (then, slow) = (plate.plane(), around.plane())
        return withExtendedLifetime((plate, around)) {
            FloatImage.computed(size, channels: 3) { pixels, out in
                for channel in 0..<3 {
                    let (gain, offset) = lines[channel]
                    let start = channel * count
                    for i in pixels { out[start + i] = gain * then[start + i] + offset + slow[start + i] }
                }
            }
        }
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

    /// The mean difference around each place, which a vignette or a lamp leaves; what differs strongly counts little in
    /// it, and far from all background it fades.
    private static func slowDifference(
        of frame: FloatImage, from plate: FloatImage, _ lines: [(gain: Float, offset: Float)], background: FloatImage,
        _ samples: [Int]
    ) -> FloatImage {
        defer { withExtendedLifetime((frame, plate, background)) {} }
        let size = frame.size
        let count = size.pixelCount
        let (now, then, mask) = (frame.plane(), plate.plane(), background.plane())
        func difference(_ channel: Int, _ i: Int) -> Float {
            now[channel * count + i] - lines[channel].gain * then[channel * count + i] - lines[channel].offset
        }
        let median = RobustScale.median(samples.flatMap { i in (0..<3).map { abs(difference($0, i)) } })
        let scale = 3 * (RobustScale.deviation(ofMedian: median) + 0.5 / 255)
        let (red, green, blue) = (lines[0], lines[1], lines[2])
        let weighted = FloatImage.computed(size, channels: 4) { pixels, out in
            for i in pixels {
                let r = now[i] - red.gain * then[i] - red.offset
                let g = now[count + i] - green.gain * then[count + i] - green.offset
                let b = now[2 * count + i] - blue.gain * then[2 * count + i] - blue.offset
                let share = (r * r + g * g + b * b) / 3 / (scale * scale)
                let weight = mask[i] / ((1 + share) * (1 + share))
                out[i] = weight * r
                out[count + i] = weight * g
                out[2 * count + i] = weight * b
                out[3 * count + i] = weight
            }
        }
        let unit = WorkingScale.unit(of: size)
        let cell = max(8 * unit, 1)
        let small = Size(
            width: max(1, Int(Float(size.width) / cell)), height: max(1, Int(Float(size.height) / cell)))
        let around = weighted.resized(to: small, filter: .area, pool: .plates)
            .blurred(sigma: Double(24 * unit / cell), pool: .plates)
        let slow = around.plane()
        let cells = small.pixelCount
        return withExtendedLifetime(around) {
            FloatImage.computed(small, channels: 3) { pixels, out in
                for channel in 0..<3 {
                    for i in pixels {
                        out[channel * cells + i] = slow[channel * cells + i] / (slow[3 * cells + i] + 0.05)
                    }
                }
            }
        }
    }
}
