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
        let down = ResampleAxis.of(size.height, to: target.height, filter: filter, step: step)
        let across = ResampleAxis.of(size.width, to: target.width, filter: filter, step: step)
        let source = size
        let channels = channels
        let isDoubled = filter == .bilinear && step == nil && target.width == 2 * source.width
        return withFloats { floats in
            FloatImage(size: target, channels: channels, pool: pool) { result in
                guard let from = Shared(floats.baseAddress), let to = Shared(result.baseAddress) else { return }
                RowBands.run(channels * target.height, samplesPerRow: source.width * down.taps) { rows in
                    RowScratch.with(rows: 1, width: source.width) { scratch in
                        for row in rows {
                            let (channel, line) = row.quotientAndRemainder(dividingBy: target.height)
                            let plane = from + channel * source.pixelCount
                            Self.combine(plane, width: source.width, down, line, into: scratch[0])
                            let destination = to + row * target.width
                            if source.width == target.width {
                                matte_scale(scratch[0], 1, destination, target.width)
                            } else if isDoubled {
                                Self.double(scratch[0], width: source.width, into: destination)
                            } else {
                                matte_resample(
                                    scratch[0], across.start, across.weights, across.taps, destination, target.width)
                            }
                            if filter == .lanczos { matte_clamp(destination, destination, target.width) }
                        }
                    }
                }
            }
        }
    }

    /// A row of scratch memory twice as long by linear interpolation, as `ResampleAxis` has it, without gathers.
    private static func double(
        _ row: UnsafeMutablePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>
    ) {
        row.replicateEnds(count: width, reach: 1)
        matte_upsample(row, 2, [-1, 0, 0, 0], [0.75, 0.25, 0, 0], target, width)
        // Three quarters of a value and one quarter need not add up to it.
        (target[0], target[2 * width - 1]) = (row[0], row[width - 1])
    }

    /// One new row from the old rows around it.
    private static func combine(
        _ plane: UnsafePointer<Float>, width: Int, _ axis: ResampleAxis, _ line: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        let first = Int(axis.start[line])
        for tap in 0..<axis.taps {
            let weight = axis.weights[tap * axis.start.count + line]
            let source = plane + (first + tap) * width
            if tap == 0 {
                matte_scale(source, weight, target, width)
            } else if weight != 0 {
                matte_accumulate(source, weight, target, width)
            }
        }
    }

    /// A picture of one value.
    public static func filled(_ value: Float, size: Size, channels: Int, pool: FloatPool? = nil) -> FloatImage {
        FloatImage(size: size, channels: channels, pool: pool) { $0.initialize(repeating: value) }
    }
}
