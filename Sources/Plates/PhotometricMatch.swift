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
        let pairs = (0..<3).map { channel in
            let (then, now) = (plate.plane(channel), frame.plane(channel))
            return (plate: samples.map { then[Int($0)] }, frame: samples.map { now[Int($0)] })
        }
        let lines = pairs.map { Self.line($0.plate, $0.frame) }
        self.lines = lines
        let differences = zip(pairs, lines).flatMap { pair, line in
            zip(pair.plate, pair.frame).map { abs($1 - line.gain * $0 - line.offset) }
        }
        slowDifference = Self.slowDifference(
            of: frame, from: plate, lines, background: background,
            deviation: RobustScale.deviation(ofMedian: RobustScale.median(differences)))
    }

    /// - Parameter plate: four channels, at any size.
    /// - Returns: R'G'B' in the frame's light.
    func applied(to plate: FloatImage) -> FloatImage { plate.relit(lines, adding: slowDifference, pool: .plates) }

    /// frame ≈ gain · plate + offset by iteratively reweighted least squares.
    private static func line(_ plate: [Float], _ frame: [Float]) -> (gain: Float, offset: Float) {
        guard plate.count > 100 else { return (1, 0) }
        var (gain, offset) = (Double(1), Double(RobustScale.median(zip(frame, plate).map { $0 - $1 })))
        for _ in 0..<rounds {
            let (slope, base) = (Float(gain), Float(offset))
            let residuals = zip(frame, plate).map { $0 - slope * $1 - base }
            let scale =
                2 * (RobustScale.deviation(ofMedian: RobustScale.median(residuals.map { abs($0) })) + 0.3 / 255)
            var (pp, p, one, pf, f) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for index in residuals.indices {
                let share = Double(residuals[index] / scale)
                let weight = 1 / ((1 + share * share) * (1 + share * share))
                let (x, y) = (Double(plate[index]), Double(frame[index]))
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
    ///
    /// - Parameter deviation: of the differences that the lines leave.
    private static func slowDifference(
        of frame: FloatImage, from plate: FloatImage, _ lines: [(gain: Float, offset: Float)], background: FloatImage,
        deviation: Float
    ) -> FloatImage {
        let size = frame.size
        let weighted = KnownBackground(picture: frame, background: plate)
            .lightDifference(
                lines: lines, deviation: 3 * (deviation + 0.5 / 255), mask: background, pool: .plates)
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
