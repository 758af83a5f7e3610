internal import CKernels
public import Frames

/// How a picture gets another size.
public enum ResampleFilter: Sendable, Hashable, CaseIterable {
    /// Two samples per axis and no antialiasing, as PyTorch's `interpolate(mode="bilinear", align_corners=False)`:
    /// what the networks saw in training.
    case bilinear
    /// The mean over each new pixel's area; the nearest sample when enlarging by a whole factor.
    case area
    /// Lanczos with three lobes, antialiased when shrinking. What rings out of 0…1 is cut.
    case lanczos
}

extension FloatImage {
    /// The picture at another size, all channels alike; the picture itself where the size is the same.
    ///
    /// - Parameters:
    ///   - step: old pixels from one new pixel to the next; nil for as many as make the ends meet.
    ///   - pool: gives the memory of the result; the step between the axes is allocated for each call.
    public func resized(
        to target: Size, filter: ResampleFilter, step: Double? = nil, pool: FloatPool? = nil
    ) -> FloatImage {
        guard target != size, size.pixelCount > 0, target.pixelCount > 0 else {
            return size == target ? self : .filled(0, size: target, channels: channels, pool: pool)
        }
        let rows = ResampledRows(size, to: target, filter: filter, step: step)
        let source = size
        let channels = channels
        return withFloats { floats in
            FloatImage(size: target, channels: channels, pool: pool) { result in
                guard let from = Shared(floats.baseAddress), let to = Shared(result.baseAddress) else { return }
                RowBands.run(channels * target.height, samplesPerRow: source.width * rows.taps) { band in
                    RowScratch.with(rows: ResampledRows.scratchRows, width: rows.scratchWidth) { scratch in
                        for row in band {
                            let (channel, line) = row.quotientAndRemainder(dividingBy: target.height)
                            let plane = from + channel * source.pixelCount
                            let destination = to + row * target.width
                            let isLast = row == band.upperBound - 1
                            rows.make(line, of: plane, into: destination, mayOverrun: !isLast, scratch: scratch)
                            if filter == .lanczos { matte_clamp(destination, destination, target.width) }
                        }
                    }
                }
            }
        }
    }

    /// A picture of one value.
    public static func filled(_ value: Float, size: Size, channels: Int, pool: FloatPool? = nil) -> FloatImage {
        FloatImage(size: size, channels: channels, pool: pool) { $0.initialize(repeating: value) }
    }
}
