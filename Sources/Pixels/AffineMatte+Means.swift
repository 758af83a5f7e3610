public import Frames

extension AffineMatte {
    /// Alpha on the grid itself.
    ///
    /// - Parameters:
    ///   - guide: R'G'B', the frame at the grid's size.
    ///   - pool: gives the memory of the result.
    public func alpha(on guide: FloatImage, pool: FloatPool? = nil) -> FloatImage {
        precondition(guide.size == slope.size && guide.channels == 3, "the guide does not fit")
        let count = guide.size.pixelCount
        let start = (slope.channels - 1) * count
        return guide.withFloats { rgb in
            slope.withFloats { slope in
                offset.withFloats { offset in
                    FloatImage(size: guide.size, channels: 1, pool: pool) { alpha in
                        for pixel in 0..<count {
                            let mean = (rgb[pixel] + rgb[pixel + count] + rgb[pixel + 2 * count]) / 3
                            let value = slope[start + pixel] * mean + offset[start + pixel]
                            alpha[pixel] = value > 0 ? min(value, 1) : 0
                        }
                    }
                }
            }
        }
    }

    /// The same alpha, with a foreground by blur fusion.
    ///
    /// - Parameters:
    ///   - foreground: the subject's mean colour around each place of the grid, R'G'B'.
    ///   - background: the background's.
    public func with(meanForeground foreground: FloatImage, background: FloatImage) -> AffineMatte {
        func joined(_ colors: FloatImage, _ grid: FloatImage) -> FloatImage {
            precondition(colors.size == grid.size && colors.channels == 3, "means do not fit the grid")
            let count = grid.size.pixelCount
            return colors.withFloats { colors in
                grid.withChannel(grid.channels - 1) { alpha in
                    FloatImage(size: grid.size, channels: 4) { target in
                        for index in colors.indices { target[index] = colors[index] }
                        for pixel in 0..<count { target[3 * count + pixel] = alpha[pixel] }
                    }
                }
            }
        }
        return AffineMatte(
            slope: joined(foreground, slope), offset: joined(background, offset), colors: .means,
            pictureSize: pictureSize)
    }
}
