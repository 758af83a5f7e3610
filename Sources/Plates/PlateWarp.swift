internal import Frames
internal import Pixels

/// The plate, ready to be laid under frames of the working size.
///
/// It is kept at twice that size with every value averaged over a working pixel's area: interpolating there costs less
/// sharpness than interpolating at the working size, which would make each edge of the plate differ from the frame's.
struct PlateWarp {
    /// Four channels: R', G', B', known.
    private let picture: FloatImage
    private let size: Size

    init(_ plate: CleanPlate, size: Size) {
        self.size = size
        let doubled = Size(width: 2 * size.width, height: 2 * size.height)
        let shrinks = plate.size.width >= doubled.width
        let colors = plate.picture.resized(to: doubled, filter: shrinks ? .area : .lanczos)
        let known = plate.known.resized(to: doubled, filter: shrinks ? .area : .bilinear)
        let (width, height, count) = (doubled.width, doubled.height, doubled.pixelCount)
        let (color, weight) = (colors.plane(), known.plane())
        picture = withExtendedLifetime((colors, known)) {
            FloatImage.computed(doubled, channels: 4) { pixels, out in
                for channel in 0..<4 {
                    let source = channel < 3 ? color + channel * count : weight
                    for i in pixels {
                        let right = i % width == width - 1 ? 0 : 1
                        let below = i / width == height - 1 ? 0 : width
                        out[channel * count + i] =
                            (source[i] + source[i + right] + source[i + below] + source[i + below + right]) / 4
                    }
                }
            }
        }
    }

    /// - Parameter offsets: two channels at any size, pixels across and down that are added to the pose's places.
    /// - Returns: four channels at the working size: R', G', B', and known as 0 or 1.
    func laid(under pose: Homography, offsets: FloatImage?) -> FloatImage {
        let size = size
        let count = size.pixelCount
        let map = PixelMap(pose, size: size)
        let sampler = BilinearSampler(picture)
        let shifts = offsets?.resized(to: size, filter: .bilinear)
        let shift = shifts?.plane()
        return withExtendedLifetime((picture, shifts)) {
            FloatImage.computed(size, channels: 4) { pixels, out in
                for i in pixels {
                    var place = map(i % size.width, i / size.width)
                    if let shift {
                        place.x += shift[i]
                        place.y += shift[count + i]
                    }
                    // Pixel 2x of the doubled picture is the mean of the area of working pixel x.
                    guard let tap = sampler.tap(2 * place.x, 2 * place.y) else {
                        for channel in 0..<4 { out[channel * count + i] = 0 }
                        continue
                    }
                    for channel in 0..<3 { out[channel * count + i] = sampler.value(tap, channel) }
                    out[3 * count + i] = sampler.value(tap, 3) > 0.99 ? 1 : 0
                }
            }
        }
    }
}
