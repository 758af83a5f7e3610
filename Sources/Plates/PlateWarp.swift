internal import Frames
internal import Pixels

/// The plate, ready to be laid under frames of one size.
///
/// It is kept at twice that size with every value averaged over one of the frame's pixels: interpolating there costs less
/// sharpness than interpolating at the frame's size, which would make each edge of the plate differ from the frame's.
struct PlateWarp {
    /// R', G', B', known at twice the size.
    private let sampler: ProjectiveSampler
    let size: Size
    /// Of a laid plate's fourth channel: what is below is made of unknown places too.
    static let leastKnown: Float = 0.99

    /// The size at which a plate is read for frames of `size`.
    static func readSize(_ size: Size) -> Size { Size(width: 2 * size.width, height: 2 * size.height) }

    init(_ plate: CleanPlate, size: Size) {
        self.size = size
        let doubled = Self.readSize(size)
        let shrinks = plate.size.width >= doubled.width
        let colors = plate.picture.resized(to: doubled, filter: shrinks ? .area : .lanczos)
        let known = plate.known.resized(to: doubled, filter: shrinks ? .area : .bilinear)
        let (width, height, count) = (doubled.width, doubled.height, doubled.pixelCount)
        let (color, weight) = (colors.plane(), known.plane())
        let picture = withExtendedLifetime((colors, known)) {
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
        sampler = ProjectiveSampler(picture)
    }

    /// - Parameter offsets: two channels at any size, pixels of this size across and down that are added to the pose's
    ///   places.
    /// - Returns: four channels at this size: R', G', B', and known, 1 where all that it is made
    ///   of is.
    func laid(under pose: Homography, offsets: FloatImage?) -> FloatImage {
        // Pixel 2x of the doubled picture is the mean of the area of pixel x, so places count double.
        let map = PixelMap(pose, size: size).values.enumerated().map { $0 < 6 ? 2 * $1 : $1 }
        return sampler.read(to: size, by: map, shifts: offsets?.multiplied(by: 2), pool: .plates)
    }
}
