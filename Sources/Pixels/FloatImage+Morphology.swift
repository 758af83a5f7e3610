internal import CKernels
public import Frames

extension FloatImage {
    /// Every channel's minimum over a disk: bright regions shrink by `radius` pixels.
    ///
    /// Nothing comes in from outside of the picture. A fractional radius mixes the results of the two whole ones
    /// around it.
    ///
    /// - Parameter radius: in pixels; 0 or less gives the picture itself.
    public func eroded(radius: Double, pool: FloatPool? = nil) -> FloatImage { reached(radius, matte_minimum, pool) }

    /// Every channel's maximum over a disk: bright regions grow by `radius` pixels; see `eroded(radius:pool:)`.
    public func dilated(radius: Double, pool: FloatPool? = nil) -> FloatImage { reached(radius, matte_maximum, pool) }

    private func reached(_ radius: Double, _ extremum: Extremum, _ pool: FloatPool?) -> FloatImage {
        guard radius > 0, radius.isFinite, size.pixelCount > 0 else { return self }
        // More than the diagonal sees no more pixels.
        let radius = min(radius, Double(size.width + size.height))
        let whole = Int(radius)
        let fraction = Float(radius - Double(whole))
        let inner = overDisk(whole, extremum, pool)
        guard fraction > 0 else { return inner }
        return inner.mixed(with: overDisk(whole + 1, extremum, pool), fraction: fraction, pool: pool)
    }

    /// Disks add up: a wide one is made of narrow ones, since the cost grows with the square of the radius.
    private func overDisk(_ radius: Int, _ extremum: Extremum, _ pool: FloatPool?) -> FloatImage {
        var picture = self
        var left = radius
        while left > Self.widestDisk {
            picture = picture.overOneDisk(Self.widestDisk / 2, extremum, pool)
            left -= Self.widestDisk / 2
        }
        return left > 0 ? picture.overOneDisk(left, extremum, pool) : picture
    }

    private static var widestDisk: Int { 12 }

    private func overOneDisk(_ radius: Int, _ extremum: Extremum, _ pool: FloatPool?) -> FloatImage {
        let size = size
        let channels = channels
        let halves = (0...radius).map { Int(Double(radius * radius - $0 * $0).squareRoot()) }
        return withFloats { floats in
            FloatImage(size: size, channels: channels, pool: pool) { result in
                guard let from = Shared(floats.baseAddress), let to = Shared(result.baseAddress) else { return }
                RowBands.run(channels * size.height, samplesPerRow: size.width * radius * radius) { rows in
                    RowScratch.with(rows: 1, width: size.width + 2 * radius) { scratch in
                        let padded = scratch[0] + radius
                        for row in rows {
                            let (channel, line) = row.quotientAndRemainder(dividingBy: size.height)
                            let destination = to + row * size.width
                            destination.update(from: from + row * size.width, count: size.width)
                            for near in max(line - radius, 0)...min(line + radius, size.height - 1) {
                                let half = halves[abs(near - line)]
                                padded.update(
                                    from: from + (channel * size.height + near) * size.width, count: size.width)
                                padded.replicateEnds(count: size.width, reach: radius)
                                extremum(padded - half, 2 * half + 1, destination, size.width)
                            }
                        }
                    }
                }
            }
        }
    }
}
