internal import CKernels
public import Frames

/// Frames at the size a network works on.
public enum NetworkSampler {
    /// The frame as R'G'B' of 0…1, sampled as the published networks do: two samples per axis of the picture at its
    /// own size, without antialiasing (PyTorch's `interpolate(mode="bilinear", align_corners=False)`). Only rows that
    /// count are read. Bit by bit what `FrameReader.read` and `resized(to:filter:)` give.
    ///
    /// - Parameters:
    ///   - filter: bilinear as said, or another one where the network's own programs use it.
    ///   - step: old pixels from one new pixel to the next; nil for as many as make the ends meet.
    ///   - pool: gives the memory of the result.
    public static func sample(
        _ frame: Frame, to size: Size, filter: ResampleFilter = .bilinear, step: Double? = nil, pool: FloatPool? = nil
    ) -> FloatImage {
        let source = frame.size
        guard size != source, size.pixelCount > 0, source.pixelCount > 0 else {
            return FrameReader(pool: pool).read(frame).resized(to: size, filter: filter)
        }
        let reader = FrameRowReader(frame)
        let down = ResampleAxis.of(source.height, to: size.height, filter: filter, step: step)
        let across = ResampleAxis.of(source.width, to: size.width, filter: filter, step: step)
        return FloatImage(size: size, channels: 3, pool: pool) { floats in
            guard let base = Shared(floats.baseAddress) else { return }
            // All planes live as long as the first: they share one storage.
            frame.withPlane(0) { _ in
                RowBands.run(size.height, samplesPerRow: 3 * down.taps * source.width) { rows in
                    RowScratch.with(
                        rows: SampledRows.scratchRows + reader.scratchRows, width: reader.scratchWidth
                    ) { scratch in
                        var sampled = SampledRows(reader, down: down, across: across, scratch: scratch)
                        for row in rows {
                            let start = base + row * size.width
                            sampled.sample(
                                row, width: size.width,
                                into: ColorRow(
                                    red: start, green: start + size.pixelCount, blue: start + 2 * size.pixelCount))
                        }
                    }
                }
            }
        }
    }

    /// The size and the samples that RVM's graph takes of a frame at `ratio`, above 0 to 1.
    ///
    /// ONNX's Resize by a factor steps by 1/ratio even where the size times the ratio is no whole number and is rounded
    /// down, so the last samples do not reach the picture's end.
    public static func sample(_ frame: Frame, ratio: Float, pool: FloatPool? = nil) -> FloatImage {
        func scaled(_ length: Int) -> Int { max(Int(Float(length) * ratio), 1) }
        let size = Size(width: scaled(frame.size.width), height: scaled(frame.size.height))
        return sample(frame, to: size, step: 1 / Double(ratio), pool: pool)
    }
}

/// One band of the sampled picture.
private struct SampledRows {
    private let down: ResampleAxis
    private let across: ResampleAxis
    private let width: Int
    private let scratch: RowScratch
    private var reader: FrameRowReader.Band
    /// Which source row the slots of each parity hold.
    private var kept = (even: -1, odd: -1)

    // Two source rows, then what is made of them.
    static let scratchRows = 9

    init(_ reader: FrameRowReader, down: ResampleAxis, across: ResampleAxis, scratch: RowScratch) {
        self.down = down
        self.across = across
        width = reader.size.width
        self.scratch = scratch
        self.reader = FrameRowReader.Band(reader, scratch: scratch.dropping(Self.scratchRows))
    }

    mutating func sample(_ row: Int, width newWidth: Int, into target: ColorRow) {
        let first = Int(down.start[row])
        let between = ColorRow(scratch, from: 6)
        for tap in 0..<down.taps {
            let weight = down.weights[tap * down.start.count + row]
            // A row that does not count may stay unread.
            if tap > 0 && weight == 0 { continue }
            let source = read(first + tap)
            for channel in 0..<3 {
                if tap == 0 {
                    matte_scale(source[channel], weight, between[channel], width)
                } else {
                    matte_accumulate(source[channel], weight, between[channel], width)
                }
            }
        }
        for channel in 0..<3 {
            if newWidth == width {
                target[channel].update(from: between[channel], count: width)
            } else {
                matte_resample(
                    between[channel], across.start, across.weights, across.taps, target[channel], newWidth)
            }
        }
    }

    private mutating func read(_ row: Int) -> ColorRow {
        let isOdd = row & 1 == 1
        let target = ColorRow(scratch, from: isOdd ? 3 : 0)
        guard (isOdd ? kept.odd : kept.even) != row else { return target }
        if isOdd { kept.odd = row } else { kept.even = row }
        reader.read(row, into: target)
        return target
    }
    /// The size and the samples that RVM's graph takes of a frame at `ratio`, above 0 to 1.
    ///
    /// ONNX's Resize by a factor steps by 1/ratio even where the size times the ratio is no whole number and is rounded
    /// down, so the last samples do not reach the picture's end.
    public static func sample(_ frame: Frame, ratio: Float, pool: FloatPool? = nil) -> FloatImage {
        func scaled(_ length: Int) -> Int { max(Int(Float(length) * ratio), 1) }
        let size = Size(width: scaled(frame.size.width), height: scaled(frame.size.height))
        let picture = FrameReader(pool: size == frame.size ? pool : nil).read(frame)
        return picture.resized(to: size, filter: .bilinear, step: 1 / Double(ratio), pool: pool)
    }
}
