public import Frames

extension FrameWriter {
    /// Writes what an affine matte makes of its frame, with the frame's time: each band reads its rows, evaluates the
    /// matte, composites and writes, so source and result are touched once. The same picture as by way of
    /// `AffineMatte.dense(for:)`, up to float rounding: a code may differ by one where the value lies between two.
    ///
    /// - Parameters:
    ///   - content: everything but `.alpha` needs a matte with a foreground.
    ///   - besideSource: draws the frame itself to the left of the content, in a picture of twice its width.
    ///   - bare: made for this content and writer: where there is nothing of the subject the result is copied from it.
    ///     The codes are the same without it.
    /// - Throws: `MatteError(.internal)` where sizes or channels do not fit.
    public func write(
        _ matte: AffineMatte, of frame: Frame, as content: AffineContent, besideSource: Bool = false,
        bare: BareBackground? = nil
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
                            for tile in tiles.indices {
                                render(
                                    rows, tile: tile, renderer, writer, scratch, bare: besideSource ? nil : bare,
                                    into: buffer)
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

    /// Rows that are looked at together for whether anything of the subject is in them: about the distance of two rows
    /// of a network's grid, and a multiple of every format's chroma step.
    private static let stripRows = 8

    private func render(
        _ rows: Range<Int>, tile index: Int, _ renderer: AffineRenderer, _ writer: FrameRowWriter,
        _ scratch: RowScratch, bare: BareBackground?, into buffer: FrameBuffer
    ) {
        let tile = renderer.tiles[index]
        // Strips lie at the same places whichever way the picture is cut into bands.
        func strip(at row: Int) -> Range<Int> {
            let start = row / Self.stripRows * Self.stripRows
            return start..<min(start + Self.stripRows, size.height)
        }
        func isBare(at row: Int) -> Bool { renderer.isBare(strip(at: row), tile: index, margin: writer.reach) }
        var start = rows.lowerBound
        while start < rows.upperBound {
            guard let bare else { return draw(start..<rows.upperBound) }
            let copies = isBare(at: start)
            var end = strip(at: start).upperBound
            while end < rows.upperBound, isBare(at: end) == copies { end = strip(at: end).upperBound }
            let run = start..<min(end, rows.upperBound)
            if copies { bare.copy(run, tile.columns, into: buffer) } else { draw(run) }
            start = run.upperBound
        }
        func draw(_ run: Range<Int>) {
            let band = AffineRenderer.Band(renderer, tile: index, scratch: scratch.dropping(writer.scratchRows))
            writer.write(run, tile: renderer.tiles.count > 1 ? tile : nil, scratch: scratch, from: band)
        }
    }
}
