internal import CKernels
public import Frames

/// A picture of four channels that is read at the places a projective map says.
///
/// The channels lie pixel by pixel, so that each of a place's four neighbours is one vector.
public struct ProjectiveSampler: @unchecked Sendable {
    // Sendable: the memory is written by `init` only.
    private let pixels: FloatImage
    private let size: Size

    public init(_ picture: FloatImage) {
        precondition(picture.channels == 4 && picture.size.pixelCount > 0, "four channels and a pixel")
        size = picture.size
        let count = picture.size.pixelCount
        pixels = picture.withFloats { source in
            FloatImage(size: picture.size, channels: 4) { pixels in
                for pixel in 0..<count {
                    for channel in 0..<4 { pixels[4 * pixel + channel] = source[channel * count + pixel] }
                }
            }
        }
    }

    /// Bilinear values, 0 beyond half a pixel around the outermost centres.
    ///
    /// - Parameters:
    ///   - map: 3 × 3, row by row: from a column and a row of the result to this picture's.
    ///   - shifts: two channels of `target`'s size, added to the places across and down.
    /// - Returns: four channels.
    public func read(to target: Size, by map: [Double], shifts: FloatImage? = nil, pool: FloatPool? = nil) -> FloatImage
    {
        precondition(map.count == 9 && shifts.map { $0.size == target && $0.channels == 2 } ?? true, "maps do not fit")
        let source = size
        let count = target.pixelCount
        return withExtendedLifetime((pixels, shifts)) {
            FloatImage(size: target, channels: 4, pool: pool) { result in
                guard let to = Shared(result.baseAddress) else { return }
                let from = Shared(pixels.unsafeBase)
                let shift = shifts.map { Shared($0.unsafeBase) }
                RowBands.run(target.height, samplesPerRow: 32 * target.width) { rows in
                    for y in rows {
                        let (row, first) = (Double(y), y * target.width)
                        func start(_ line: Int) -> Float { Float(map[3 * line + 1] * row + map[3 * line + 2]) }
                        var places = matte_warp_row(
                            x: start(0), y: start(1), depth: start(2), x_step: Float(map[0]), y_step: Float(map[3]),
                            depth_step: Float(map[6]), shift_x: shift.map { UnsafePointer($0 + first) },
                            shift_y: shift.map { UnsafePointer($0 + (first + count)) })
                        let targets: [UnsafeMutablePointer<Float>?] = (0..<4).map { to + ($0 * count + first) }
                        matte_warp(from + 0, source.width, source.height, &places, targets, target.width)
                    }
                }
            }
        }
    }
}
