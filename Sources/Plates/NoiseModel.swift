internal import Frames
internal import Pixels

/// How much frame and plate differ where nothing stands between: noise, and what a small misalignment makes of edges.
struct NoiseModel {
    /// Standard deviation on flat places, as R'G'B' of 0…1.
    let noise: Float
    /// Standard deviation of the plate's place, in pixels of the working size.
    let misalignment: Float

    /// Of the plate, the largest of the pixels around.
    let squaredSlope: FloatImage

    /// From the differences on the background: medians on flat and on steep places, which objects that were moved
    /// hardly touch.
    ///
    /// - Parameter samples: places where the frame shows known background for certain.
    init(frame: FloatImage, plate: FloatImage, samples: [Int32]) {
        defer { withExtendedLifetime((frame, plate)) {} }
        let squaredSlope = plate.squaredGradient(pool: .plates).largest(within: 1, pool: .plates)
        self.squaredSlope = squaredSlope
        let count = frame.size.pixelCount
        let (now, then, slope) = (frame.plane(), plate.plane(), squaredSlope.plane())
        let samples = samples.map { sample in
            let i = Int(sample)
            var energy: Float = 0
            for channel in 0..<3 {
                let difference = now[channel * count + i] - then[channel * count + i]
                energy += difference * difference
            }
            return (slope: slope[i], energy: energy / 3)
        }
        withExtendedLifetime(squaredSlope) {}
        let slopes = samples.map(\.slope)
        let bounds = [0.5, 0.8, 0.95].map { RobustScale.quantile(slopes, $0) }
        /// Of the samples whose slope is between two values. The mean of χ² with three degrees of freedom is 1 / 0.79 of its
        /// median.
        func variance(from least: Float, to most: Float) -> (slope: Float, energy: Float) {
            guard !samples.isEmpty else { return (0, 0.05) }
            // No range: numbers that are none have no order, and a plate's file may hold them.
            let part = samples.filter { $0.slope >= least && $0.slope <= most }
            return (
                RobustScale.median(part.map(\.slope)), RobustScale.median(part.map(\.energy)) / 0.79
            )
        }
        // Codes of 8 bits alone are not exact to better than this.
        let floor: Float = 0.6 / 255
        let flat = max(variance(from: 0, to: bounds[0]).energy, floor * floor)
        let steep = [variance(from: bounds[1], to: bounds[2]), variance(from: bounds[2], to: .infinity)]
        let drift = steep.map { ($0.energy - flat) / ($0.slope + 1e-9) }.reduce(0, max)
        noise = flat.squareRoot()
        misalignment = drift.squareRoot()
    }

    /// The variance to be expected at each pixel, mean over the channels.
    var variance: FloatImage {
        let (flat, drift) = (noise * noise, misalignment * misalignment)
        let slope = squaredSlope.plane()
        return withExtendedLifetime(squaredSlope) {
            FloatImage.computed(squaredSlope.size) { pixels, out in
                for i in pixels { out[i] = flat + drift * slope[i] }
            }
        }
    }
}
