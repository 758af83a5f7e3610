public import Frames

extension FrameWriter {
    /// Writes what an affine matte makes of its frame, with the frame's time: each band reads its rows, evaluates the
    /// matte, composites and writes, so source and result are touched once. The same picture as by way of
    /// `AffineMatte.dense(for:)`, up to float rounding: a code may differ by one where the value lies between two.
    ///
    /// - Parameters:
    ///   - content: everything but `.alpha` needs a matte with a foreground.
    ///   - besideSource: draws the frame itself to the left of the content, in a picture of twice its width.
    /// - Throws: `MatteError(.internal)` where sizes or channels do not fit.
    public func write(
        _ matte: AffineMatte, of frame: Frame, as content: AffineContent, besideSource: Bool = false
    ) throws -> Frame {
        let whole = Size(width: frame.size.width * (besideSource ? 2 : 1), height: frame.size.height)
        guard whole == size, matte.pictureSize == frame.size, content.isAlpha ? !besideSource : matte.hasForeground,
            content.picture.map({ $0.channels == 3 && $0.size.pixelCount > 0 }) ?? true
        else {
            throw MatteError(
                .internal, "a matte for \(matte.pictureSize) does not fit a frame of \(frame.size) shown at \(size)")
        }
        let buffer = makeBuffer()
        if size.pixelCount > 0 {
            let renderer = AffineRenderer(matte, of: frame, as: content, besideSource: besideSource)
            let writer = FrameRowWriter(buffer, color: color, isGray: content.isAlpha)
            let tiles = renderer.tiles
            let width = tiles.count > 1 ? renderer.scratchWidth : max(renderer.scratchWidth, writer.scratchWidth)
            // All planes live as long as the first: they share one storage.
            frame.withPlane(0) { _ in
                withExtendedLifetime((matte, content)) {
                    RowBands.run(size.height, samplesPerRow: 8 * size.width, step: writer.step) { rows in
                        RowScratch.with(rows: writer.scratchRows + renderer.scratchRows, width: width) { scratch in
                            for (index, tile) in tiles.enumerated() {
                                let band = AffineRenderer.Band(
                                    renderer, tile: index, scratch: scratch.dropping(writer.scratchRows))
                                writer.write(rows, tile: tiles.count > 1 ? tile : nil, scratch: scratch, from: band)
                            }
                        }
                    }
                }
            }
        }
        return buffer.frame(
            color: color, timestamp: frame.timestamp, duration: frame.duration,
            sampleAspectRatio: frame.sampleAspectRatio)
    }
}
