internal import CKernels
public import Frames

extension AffineMatte {
    /// The matte pixel by pixel: grids brought to the picture's size, then evaluated. The plain way to say what an
    /// affine matte means; rendering one does not go through here.
    ///
    /// - Parameters:
    ///   - frame: the one it belongs to, of `pictureSize`.
    ///   - colors: gives the memory of pictures with three channels.
    ///   - planes: gives the memory of pictures with one channel.
    public func dense(for frame: Frame, colors: FloatPool? = nil, planes: FloatPool? = nil) -> DenseMatte {
        precondition(frame.size == pictureSize, "the matte belongs to another frame")
        let picture = FrameReader(pool: colors).read(frame)
        let (slope, offset) = (
            slope.resized(to: frame.size, filter: .bilinear), offset.resized(to: frame.size, filter: .bilinear)
        )
        let count = frame.size.pixelCount
        let width = frame.size.width
        return withExtendedLifetime((picture, slope, offset)) {
            let (rgb, a, b) = (picture.unsafeBase, slope.unsafeBase, offset.unsafeBase)
            let last = (slope.channels - 1) * count
            let alpha = FloatImage(size: frame.size, channels: 1, pool: planes) { result in
                guard let to = result.baseAddress else { return }
                RowBands.run(frame.size.height, samplesPerRow: 6 * width) { rows in
                    let start = rows.lowerBound * width
                    matte_affine_alpha(
                        rgb + start, rgb + count + start, rgb + 2 * count + start, a + last + start, b + last + start,
                        to + start, rows.count * width)
                }
            }
            guard hasForeground else { return DenseMatte(picture: picture, alpha: alpha, foreground: nil) }
            let foreground = FloatImage(size: frame.size, channels: 3, pool: colors) { result in
                guard let to = result.baseAddress else { return }
                RowBands.run(3 * frame.size.height, samplesPerRow: 4 * width) { rows in
                    let start = rows.lowerBound * width
                    matte_affine_color(rgb + start, a + start, b + start, to + start, rows.count * width)
                }
            }
            return DenseMatte(picture: picture, alpha: alpha, foreground: foreground)
        }
    }
}

extension Matte {
    /// The matte pixel by pixel, see `AffineMatte.dense(for:)`.
    public func dense(for frame: Frame, colors: FloatPool? = nil, planes: FloatPool? = nil) -> DenseMatte {
        switch self {
        case .dense(let dense): dense
        case .affine(let affine): affine.dense(for: frame, colors: colors, planes: planes)
        }
    }
}
