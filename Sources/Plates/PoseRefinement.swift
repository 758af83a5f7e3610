internal import Frames
internal import Pixels

/// Lucas and Kanade's registration (IJCAI 1981; Baker and Matthews, IJCV 2004, the forward additive form) of a
/// homography and a gain, with Cauchy weights against what does not belong to the background.
struct PoseRefinement {
    private let level: PoseLevel
    /// Pixels of the frame from one that is looked at to the next, across and down.
    private let stride: Int

    private static let unknowns = 9

    init(_ level: PoseLevel, stride: Int) {
        self.level = level
        self.stride = stride
    }

    /// - Parameter shiftOnly: keeps all but the translation as it is.
    /// - Returns: nil where too little of the background can be compared.
    func refined(_ start: Homography, iterations: Int, shiftOnly: Bool = false) -> Homography? {
        var tracked = Tracked(pose: start)
        for _ in 0..<iterations {
            guard let next = advanced(tracked, shiftOnly: shiftOnly) else { return nil }
            tracked = next
            if tracked.lastStep < Self.leastStep { break }
        }
        return tracked.pose
    }

    /// From a pose so near that no coarser level is needed.
    ///
    /// - Parameter most: how many pixels the first step may take.
    /// - Returns: nil where the pose turns out to be further away, or does not come to rest.
    func followed(_ start: Homography, within most: Double, iterations: Int) -> Homography? {
        var tracked = Tracked(pose: start)
        for _ in 0..<iterations {
            guard let next = advanced(tracked, shiftOnly: false), next.lastStep <= most else { return nil }
            tracked = next
            if tracked.lastStep < Self.leastStep { return tracked.pose }
        }
        return nil
    }

    /// In pixels: what is less changes nothing to be seen.
    private static let leastStep = 0.01

    /// A pose on its way.
    private struct Tracked {
        var pose: Homography
        var gain = 1.0
        /// The largest change of the last step, in pixels.
        var lastStep = Double.infinity
    }

    private func advanced(_ tracked: Tracked, shiftOnly: Bool) -> Tracked? {
        let samples = sampled(tracked.pose)
        guard let change = step(tracked.pose, tracked.gain, samples, shiftOnly: shiftOnly) else { return nil }
        return Tracked(
            pose: tracked.pose.adding(change[..<8]), gain: min(max(tracked.gain + change[8], 0.3), 3),
            lastStep: change[..<8].reduce(0) { max($0, abs($1)) } * Double(level.size.width) / 2)
    }

    /// The plate's four channels as the frame sees them, at the pixels that are looked at; known is 0 where either has
    /// nothing to say.
    private func sampled(_ pose: Homography) -> FloatImage {
        defer { withExtendedLifetime(level) {} }
        let size = grid
        let count = size.pixelCount
        let map = PixelMap(pose, size: level.size)
        let mask = level.mask.plane()
        let width = level.size.width
        let sampler = BilinearSampler(level.plate)
        return FloatImage.computed(size, channels: 4) { pixels, out in
            for i in pixels {
                let (column, row) = (i % size.width * stride, i / size.width * stride)
                let place = map(column, row)
                guard mask[row * width + column] > 0.5, let tap = sampler.tap(place.x, place.y) else {
                    for channel in 0..<4 { out[channel * count + i] = 0 }
                    continue
                }
                for channel in 0..<3 { out[channel * count + i] = sampler.value(tap, channel) }
                out[3 * count + i] = sampler.value(tap, 3) > 0.99 ? 1 : 0
            }
        }
    }

    private var grid: Size {
        Size(width: (level.size.width + stride - 1) / stride, height: (level.size.height + stride - 1) / stride)
    }

    /// One Gauss–Newton step: changes of the homography's eight values and of the gain.
    private func step(_ pose: Homography, _ gain: Double, _ samples: FloatImage, shiftOnly: Bool) -> [Double]? {
        let size = grid
        let width = level.size.width
        let (plate, across, down, known) = (
            samples.plane(0), samples.plane(1), samples.plane(2), samples.plane(3)
        )
        let frame = level.frame.plane()
        let map = PixelMap(pose, size: level.size)
        func residual(_ row: Int, _ column: Int) -> Float {
            frame[(row * width + column) * stride] - Float(gain) * plate[row * size.width + column]
        }
        let chosen = RobustScale.samples(where: samples.channel(3))
        guard chosen.count > 100 else { return nil }
        let deviation = RobustScale.deviation(
            ofMedian: RobustScale.median(
                chosen.map { abs(residual(Int($0) / size.width, Int($0) % size.width)) }))
        let scale = 4 * (deviation + 0.5 / 255)
        // Sums row by row, added in order: the result does not depend on the threads.
        let terms = Self.unknowns * (Self.unknowns + 3) / 2
        let sums = FloatImage.computed(Size(width: 1, height: size.height), channels: terms) { rows, out in
            var slopes = [Float](repeating: 0, count: Self.unknowns)
            var sums = [Float](repeating: 0, count: terms)
            for row in rows {
                for term in 0..<terms { sums[term] = 0 }
                for column in 0..<size.width {
                    let i = row * size.width + column
                    guard known[i] > 0.5 else { continue }
                    let place = map.normal(column * stride, row * stride)
                    let there = pose(place.x, place.y)
                    let depth = Float(pose.values[6] * place.x + pose.values[7] * place.y + 1)
                    let (x, y) = (Float(place.x), Float(place.y))
                    let (gx, gy) = (Float(gain) * across[i] / depth, Float(gain) * down[i] / depth)
                    let drift = -(gx * Float(there.x) + gy * Float(there.y))
                    slopes[0] = gx * x
                    slopes[1] = gx * y
                    slopes[2] = gx
                    slopes[3] = gy * x
                    slopes[4] = gy * y
                    slopes[5] = gy
                    slopes[6] = drift * x
                    slopes[7] = drift * y
                    slopes[8] = plate[i]
                    let error = residual(row, column)
                    let share = error / scale
                    let weight = 1 / (1 + share * share)
                    var term = 0
                    for one in 0..<Self.unknowns {
                        let weighted = weight * slopes[one]
                        for other in one..<Self.unknowns {
                            sums[term] += weighted * slopes[other]
                            term += 1
                        }
                        sums[term] += weighted * error
                        term += 1
                    }
                }
                for term in 0..<terms { out[term * size.height + row] = sums[term] }
            }
        }
        withExtendedLifetime((level, samples)) {}
        return solved(sums, shiftOnly: shiftOnly)
    }

    private func solved(_ sums: FloatImage, shiftOnly: Bool) -> [Double]? {
        let count = Self.unknowns
        var matrix = [Double](repeating: 0, count: count * count)
        var right = [Double](repeating: 0, count: count)
        var term = 0
        func total(_ term: Int) -> Double { sums.withChannel(term) { $0.reduce(0) { $0 + Double($1) } } }
        for one in 0..<count {
            for other in one..<count {
                let sum = total(term)
                matrix[one * count + other] = sum
                matrix[other * count + one] = sum
                term += 1
            }
            right[one] = total(term)
            term += 1
        }
        for one in 0..<count {
            matrix[one * count + one] = matrix[one * count + one] * (1 + 1e-7) + 1e-8
            guard shiftOnly, ![2, 5, 8].contains(one) else { continue }
            for other in 0..<count { (matrix[one * count + other], matrix[other * count + one]) = (0, 0) }
            (matrix[one * count + one], right[one]) = (1, 0)
        }
        return LinearSystem.solve(matrix, right)
    }
}
