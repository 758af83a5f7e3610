internal import CKernels
internal import Frames

/// One level of multi-level foreground estimation: each pixel's two colours anew from its neighbours' (Germer et al.
/// 2020, equation 4).
///
/// A sweep takes the even rows, then the odd ones. Rows of one kind do not depend on each other, so bands may run side by
/// side, and the result is the same.
struct ForegroundSweep: @unchecked Sendable {
    // Sendable: bands read what no band writes meanwhile, and each writes its own rows of `front` and `back`.
    private let size: Size
    private let picture: UnsafePointer<Float>
    private let alpha: UnsafePointer<Float>
    private let front: UnsafeMutablePointer<Float>
    private let back: UnsafeMutablePointer<Float>

    /// How much neighbours count where alpha is flat.
    private static let regularization: Float = 1e-5

    /// - Parameters:
    ///   - picture: R'G'B', as are the start's `foreground` and `background`.
    ///   - alpha: one channel of the same size.
    static func run(
        _ picture: FloatImage, _ alpha: FloatImage, foreground: FloatImage, background: FloatImage, times: Int
    ) -> (foreground: FloatImage, background: FloatImage) {
        func copy(_ image: FloatImage, _ body: (UnsafeMutablePointer<Float>) -> Void) -> FloatImage {
            FloatImage(size: image.size, channels: image.channels) { floats in
                image.withFloats { _ = floats.update(fromContentsOf: $0) }
                if let base = floats.baseAddress { body(base) }
            }
        }
        var newBackground = background
        let newForeground = copy(foreground) { front in
            newBackground = copy(background) { back in
                withExtendedLifetime((picture, alpha)) {
                    let sweep = ForegroundSweep(
                        size: picture.size, picture: picture.unsafeBase, alpha: alpha.unsafeBase, front: front,
                        back: back)
                    for _ in 0..<times {
                        sweep.update(rowsFrom: 0)
                        sweep.update(rowsFrom: 1)
                    }
                }
            }
        }
        return (newForeground, newBackground)
    }

    // Scratch rows: alpha, the seven of the weights, and one channel of each colour as it was.
    private enum Slot {
        static let alpha = 0
        static let weights = 1
        static let front = 8
        static let back = 9
        static let count = 10
    }

    /// Every second row from `first` on.
    private func update(rowsFrom first: Int) {
        let width = size.width
        RowBands.run((size.height - first + 1) / 2, samplesPerRow: 40 * width) { rows in
            RowScratch.with(rows: Slot.count, width: width) { scratch in
                var weights = matte_unmix_rows(
                    left: scratch[Slot.weights], right: scratch[Slot.weights + 1], up: scratch[Slot.weights + 2],
                    down: scratch[Slot.weights + 3], ff: scratch[Slot.weights + 4], fb: scratch[Slot.weights + 5],
                    bb: scratch[Slot.weights + 6])
                func padded(_ row: UnsafePointer<Float>, _ slot: Int) -> UnsafePointer<Float> {
                    scratch[slot].update(from: row, count: width)
                    scratch[slot].replicateEnds(count: width, reach: 1)
                    return UnsafePointer(scratch[slot])
                }
                for line in rows {
                    let row = first + 2 * line
                    let here = row * width
                    // Outside of the picture the edge repeats.
                    func neighbours(
                        _ image: UnsafePointer<Float>, _ copy: UnsafePointer<Float>
                    ) -> (above: UnsafePointer<Float>, below: UnsafePointer<Float>) {
                        (
                            row > 0 ? image + here - width : copy,
                            row < size.height - 1 ? image + here + width : copy
                        )
                    }
                    let alphas = padded(alpha + here, Slot.alpha)
                    let (above, below) = neighbours(alpha, alphas)
                    matte_unmix_weights(above, alphas, below, Self.regularization, &weights, width)
                    for channel in 0..<3 {
                        let plane = channel * size.pixelCount
                        func rows(_ image: UnsafeMutablePointer<Float>, _ slot: Int) -> matte_unmix_colors {
                            let copy = padded(image + plane + here, slot)
                            let (above, below) = neighbours(image + plane, copy)
                            return matte_unmix_colors(above: above, here: copy, below: below)
                        }
                        var (f, b) = (rows(front, Slot.front), rows(back, Slot.back))
                        matte_unmix(
                            picture + plane + here, alphas, &weights, &f, &b, front + plane + here,
                            back + plane + here, width)
                    }
                }
            }
        }
    }
}
