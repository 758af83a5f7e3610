internal import CKernels
public import Frames

extension AffineMatte {
    /// The frame's background on a smaller picture: what `reducedBackdrop` of the dense matte gives, without pictures of
    /// floats of the frame's size.
    ///
    /// - Parameter size: smaller than the frame.
    public func reducedBackdrop(of frame: Frame, to size: Size) -> (colors: FloatImage, weights: FloatImage) {
        precondition(frame.size == pictureSize, "the matte belongs to another frame")
        let axes = (
            down: ResampleAxis.of(frame.size.height, to: size.height, filter: .area),
            across: ResampleAxis.of(frame.size.width, to: size.width, filter: .area)
        )
        var weights: FloatImage?
        let colors = FloatImage(size: size, channels: 3) { colors in
            weights = FloatImage(size: size, channels: 1) { weights in
                guard let colors = Shared(colors.baseAddress), let weights = Shared(weights.baseAddress) else { return }
                reduce(frame, size, axes, colors, weights)
            }
        }
        return (colors, weights ?? .filled(0, size: size, channels: 1))
    }

    // Scratch rows: R'G'B', alpha, the weight and what it is made of, then the sums of weighted colours and weights, and
    // those of reader and grid.
    private enum Slot {
        static let source = 0
        static let alpha = 3
        static let weight = 4
        static let other = 5
        static let sums = 6
        static let others = 10
    }

    private func reduce(
        _ frame: Frame, _ size: Size, _ axes: (down: ResampleAxis, across: ResampleAxis),
        _ colors: Shared<UnsafeMutablePointer<Float>>, _ weights: Shared<UnsafeMutablePointer<Float>>
    ) {
        let width = frame.size.width
        let (down, across) = axes
        let reader = FrameRowReader(frame)
        let grid = AffineRows(self, alphaOnly: true)
        let rowCount = Slot.others + reader.scratchRows + grid.scratchRows
        // All planes live as long as the first: they share one storage.
        frame.withPlane(0) { _ in
            RowBands.run(size.height, samplesPerRow: 8 * width * down.taps) { rows in
                RowScratch.with(rows: rowCount, width: max(reader.scratchWidth, grid.scratchWidth)) { scratch in
                    var reading = FrameRowReader.Band(reader, scratch: scratch.dropping(Slot.others))
                    var grids = AffineRows.Band(
                        grid, scratch: scratch.dropping(Slot.others + reader.scratchRows))
                    let source = ColorRow(scratch, from: Slot.source)
                    for row in rows {
                        for sum in 0..<4 { scratch[Slot.sums + sum].update(repeating: 0, count: width) }
                        for tap in 0..<down.taps {
                            let share = down.weights[tap * down.start.count + row]
                            guard share != 0 else { continue }
                            let sourceRow = Int(down.start[row]) + tap
                            reading.read(sourceRow, into: source)
                            grids.move(to: sourceRow)
                            grids.alpha(of: source, into: scratch[Slot.alpha], width: width)
                            Self.weigh(scratch, width)
                            for channel in 0..<3 {
                                matte_multiply(
                                    source[channel], scratch[Slot.weight], scratch[Slot.other], width)
                                matte_accumulate(scratch[Slot.other], share, scratch[Slot.sums + channel], width)
                            }
                            matte_accumulate(scratch[Slot.weight], share, scratch[Slot.sums + 3], width)
                        }
                        for sum in 0..<4 {
                            let plane = sum < 3 ? colors + sum * size.pixelCount : weights + 0
                            matte_resample(
                                scratch[Slot.sums + sum], across.start, across.weights, across.taps,
                                plane + row * size.width, size.width)
                        }
                    }
                }
            }
        }
    }

    /// (1 − α)^16: what is a tenth subject hardly counts, since its colour is a tenth the subject's.
    private static func weigh(_ scratch: RowScratch, _ width: Int) {
        let (weight, other) = (scratch[Slot.weight], scratch[Slot.other])
        other.update(repeating: 1, count: width)
        matte_multiply_inverse(other, scratch[Slot.alpha], weight, width)
        for (from, to) in [(weight, other), (other, weight)] + [(weight, other), (other, weight)] {
            matte_multiply(from, from, to, width)
        }
    }
}

extension DenseMatte {
    /// The background on a smaller picture, each pixel counting by how much it is background.
    ///
    /// - Returns: the means of colour times weight and of the weight, which is (1 − α)^16.
    public func reducedBackdrop(
        to size: Size, colors colorPool: FloatPool? = nil, planes: FloatPool? = nil
    ) -> (colors: FloatImage, weights: FloatImage) {
        var weight = FloatImage.filled(1, size: alpha.size, channels: 1, pool: planes)
            .multiplied(byInverseOf: alpha, pool: planes)
        for _ in 0..<4 { weight = weight.multiplied(by: weight, pool: planes) }
        return (
            picture.multiplied(by: weight, pool: colorPool).resized(to: size, filter: .area),
            weight.resized(to: size, filter: .area)
        )
    }
}
