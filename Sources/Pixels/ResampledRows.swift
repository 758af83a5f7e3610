internal import CKernels
internal import Frames

/// Single rows of a picture at another size, for those who go on with them while they are at hand.
struct ResampledRows: Sendable {
    private let source: Size
    private let target: Size
    private let down: ResampleAxis
    private let across: ResampleAxis
    /// Linear interpolation to twice as many samples needs no gathers.
    private let isDoubled: Bool

    static let scratchRows = 2
    var scratchWidth: Int { max(source.width, target.width) }
    /// Old rows that a new one is made of.
    var taps: Int { down.taps }

    init(_ source: Size, to target: Size, filter: ResampleFilter, step: Double? = nil) {
        (self.source, self.target) = (source, target)
        down = .of(source.height, to: target.height, filter: filter, step: step)
        across = .of(source.width, to: target.width, filter: filter, step: step)
        isDoubled = filter == .bilinear && step == nil && target.width == 2 * source.width
    }

    /// - Parameters:
    ///   - plane: a channel of the picture.
    ///   - target: the row; where `mayOverrun` says so, up to eight floats after it are written too.
    func make(
        _ line: Int, of plane: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, mayOverrun: Bool,
        scratch: RowScratch
    ) {
        let first = plane + Int(down.start[line]) * source.width
        down.weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            matte_weigh_rows(
                first, source.width, weights + line, down.start.count, usedTaps(line), scratch[0], source.width)
        }
        if source.width == self.target.width {
            target.update(from: scratch[0], count: source.width)
        } else if isDoubled {
            Self.double(scratch[0], width: source.width, into: target)
        } else if let runs = across.runs {
            runs.stretch(scratch[0], width: source.width, into: mayOverrun ? target : scratch[1])
            if !mayOverrun { target.update(from: scratch[1], count: self.target.width) }
        } else {
            matte_resample(
                scratch[0], across.start, across.weights, across.taps, target, self.target.width)
        }
    }

    /// Without those at the end that do not count.
    private func usedTaps(_ line: Int) -> Int {
        var taps = down.taps
        while taps > 1, down.weights[(taps - 1) * down.start.count + line] == 0 { taps -= 1 }
        return taps
    }

    /// A row of scratch memory twice as long, as `ResampleAxis` has it.
    private static func double(
        _ row: UnsafeMutablePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>
    ) {
        row.replicateEnds(count: width, reach: 1)
        matte_upsample(row, 2, [-1, 0, 0, 0], [0.75, 0.25, 0, 0], target, width)
        // Three quarters of a value and one quarter need not add up to it.
        (target[0], target[2 * width - 1]) = (row[0], row[width - 1])
    }
}
