internal import CKernels
public import Frames

/// A picture of four channels that is read at the places a projective map says.
///
/// The channels lie pixel by pixel, so that each of a place's four neighbours is one vector, as codes of 16 bits: such
/// pictures are larger than the caches, and half the memory takes little more than half the time.
public struct ProjectiveSampler: Sendable {
    private let codes: [UInt16]
    private let size: Size

    /// - Parameter picture: four channels of 0…1; values outside are cut.
    public init(_ picture: FloatImage) {
        precondition(picture.channels == 4 && picture.size.pixelCount > 0, "four channels and a pixel")
        size = picture.size
        let count = picture.size.pixelCount
        codes = picture.withFloats { source in
            [UInt16](unsafeUninitializedCapacity: 4 * count) { codes, filled in
                for pixel in 0..<count {
                    for channel in 0..<4 {
                        let value = source[channel * count + pixel]
                        // Written so that NaN gives 0.
                        codes[4 * pixel + channel] = UInt16((value > 0 ? min(value, 1) : 0) * 65535 + 0.5)
                    }
                }
                filled = 4 * count
            }
        }
    }

    /// Bilinear values, 0 beyond half a pixel around the outermost centres.
    ///
    /// - Parameters:
    ///   - map: 3 × 3, row by row: from a column and a row of the result to this picture's.
    ///   - shifts: two channels at any size, spread over the result and added to the places across and down.
    /// - Returns: four channels.
    public func read(to target: Size, by map: [Double], shifts: FloatImage? = nil, pool: FloatPool? = nil) -> FloatImage
    {
        precondition(map.count == 9 && shifts.map { $0.channels == 2 } ?? true, "maps do not fit")
        let source = size
        let count = target.pixelCount
        let spread = shifts.map { ResampledRows($0.size, to: target, filter: .bilinear) }
        return codes.withUnsafeBufferPointer { codes in
            FloatImage(size: target, channels: 4, pool: pool) { result in
                guard let to = Shared(result.baseAddress), let from = Shared(codes.baseAddress) else { return }
                defer { withExtendedLifetime(shifts) {} }
                let shift = shifts.map { Shared($0.unsafeBase) }
                let shiftCount = shifts?.size.pixelCount ?? 0
                let width = max(spread?.scratchWidth ?? 0, target.width)
                RowBands.run(target.height, samplesPerRow: 32 * target.width) { rows in
                    RowScratch.with(rows: 2 + ResampledRows.scratchRows, width: width) { scratch in
                        for y in rows {
                            if let shift, let spread {
                                for axis in 0..<2 {
                                    spread.make(
                                        y, of: shift + axis * shiftCount, into: scratch[axis], mayOverrun: true,
                                        scratch: scratch.dropping(2))
                                }
                            }
                            let row = Double(y)
                            func start(_ line: Int) -> Float { Float(map[3 * line + 1] * row + map[3 * line + 2]) }
                            var places = matte_warp_row(
                                x: start(0), y: start(1), depth: start(2), x_step: Float(map[0]), y_step: Float(map[3]),
                                depth_step: Float(map[6]), shift_x: shift.map { _ in UnsafePointer(scratch[0]) },
                                shift_y: shift.map { _ in UnsafePointer(scratch[1]) })
                            let targets: [UnsafeMutablePointer<Float>?] = (0..<4).map {
                                to + ($0 * count + y * target.width)
                            }
                            matte_warp(from + 0, source.width, source.height, &places, targets, target.width)
                        }
                    }
                }
            }
        }
    }
}
