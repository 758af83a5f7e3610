public import Frames

extension AffineMatte {
    /// The matte pixel by pixel. Rendering one in the frame's own size does not need it, see
    /// `FrameWriter.write(_:of:as:besideSource:)`, but gives what this would, bit by bit.
    ///
    /// - Parameters:
    ///   - frame: the one it belongs to, of `pictureSize`.
    ///   - withForeground: false leaves the foreground out.
    ///   - colors: gives the memory of pictures with three channels.
    ///   - planes: gives the memory of pictures with one channel.
    public func dense(
        for frame: Frame, withForeground: Bool = true, colors: FloatPool? = nil, planes: FloatPool? = nil
    ) -> DenseMatte {
        precondition(frame.size == pictureSize, "the matte belongs to another frame")
        let size = frame.size
        let hasForeground = withForeground && hasForeground
        var foreground: FloatImage?
        var alpha: FloatImage?
        let picture = FloatImage(size: size, channels: 3, pool: colors) { picture in
            alpha = FloatImage(size: size, channels: 1, pool: planes) { alpha in
                if hasForeground {
                    foreground = FloatImage(size: size, channels: 3, pool: colors) { foreground in
                        evaluate(frame, picture, alpha, foreground)
                    }
                } else {
                    evaluate(frame, picture, alpha, nil)
                }
            }
        }
        return DenseMatte(
            picture: picture, alpha: alpha ?? .filled(0, size: size, channels: 1), foreground: foreground)
    }

    private func evaluate(
        _ frame: Frame, _ picture: UnsafeMutableBufferPointer<Float>, _ alpha: UnsafeMutableBufferPointer<Float>,
        _ foreground: UnsafeMutableBufferPointer<Float>?
    ) {
        guard let picture = Shared(picture.baseAddress), let alpha = Shared(alpha.baseAddress),
            frame.size.pixelCount > 0
        else { return }
        let (width, count) = (frame.size.width, frame.size.pixelCount)
        let reader = FrameRowReader(frame)
        let grid = AffineRows(self, alphaOnly: foreground == nil)
        let foreground = Shared(foreground?.baseAddress)
        // All planes live as long as the first: they share one storage.
        frame.withPlane(0) { _ in
            RowBands.run(frame.size.height, samplesPerRow: 8 * width, step: reader.step) { rows in
                RowScratch.with(
                    rows: reader.scratchRows + grid.scratchRows, width: max(reader.scratchWidth, grid.scratchWidth)
                ) { scratch in
                    var reading = FrameRowReader.Band(reader, scratch: scratch)
                    var grids = AffineRows.Band(grid, scratch: scratch.dropping(reader.scratchRows))
                    for row in rows {
                        let start = row * width
                        let rgb = ColorRow(
                            red: picture + start, green: picture + count + start, blue: picture + 2 * count + start)
                        reading.read(row, into: rgb)
                        grids.move(to: row)
                        grids.alpha(of: rgb, into: alpha + start, width: width)
                        guard let foreground else { continue }
                        for channel in 0..<3 {
                            grids.foreground(
                                channel, of: rgb, alpha: alpha + start, into: foreground + channel * count + start,
                                width: width)
                        }
                    }
                }
            }
        }
    }
}

extension Matte {
    /// The matte pixel by pixel, see `AffineMatte.dense(for:)`; what is dense stays as it is.
    public func dense(
        for frame: Frame, withForeground: Bool = true, colors: FloatPool? = nil, planes: FloatPool? = nil
    ) -> DenseMatte {
        switch self {
        case .dense(let dense): dense
        case .affine(let affine):
            affine.dense(for: frame, withForeground: withForeground, colors: colors, planes: planes)
        }
    }
}
