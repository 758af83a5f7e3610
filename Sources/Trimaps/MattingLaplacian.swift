internal import Frames

/// The equations of closed-form matting (Levin, Lischinski and Weiss, "A Closed-Form Solution to Natural Image
/// Matting", PAMI 2008): alpha is a linear function of colour in every window of 3 × 3 pixels, up to a regularisation.
///
/// For pixels i and j of a window of colours' mean μ and covariance Σ the entry of the Laplacian (equation 12) is
/// δij − (1 + (Ii − μ)ᵀ (Σ + ε/9)⁻¹ (Ij − μ)) / 9, summed over all windows with both. Alpha is exact where it is known,
/// so only rows and columns of unknown pixels are left, and what belongs to known ones goes to the right-hand side.
struct MattingLaplacian {
    private(set) var matrix: SparseMatrix
    private(set) var right: [Double]

    /// Added to the variance of each colour: the paper's 10⁻⁷ over the nine pixels; of squares of 0…1. Results depend on
    /// it, so it is that of other implementations.
    private static let epsilon = 1e-7 / 9
    /// A pixel shares windows with those up to two rows and columns away.
    fileprivate static let reach = 5 * 5

    /// - Parameters:
    ///   - picture: R'G'B', at least 3 × 3 pixels.
    ///   - trimap: of the same size.
    init(_ picture: FloatImage, _ trimap: Trimap, _ unknown: UnknownPixels) {
        let size = picture.size
        var right = [Double](repeating: 0, count: unknown.count)
        let stencils = Stencils(count: unknown.count * Self.reach)
        trimap.labels.withUnsafeBufferPointer { labels in
            unknown.numbers.withUnsafeBufferPointer { numbers in
                picture.withFloats { floats in
                    right.withUnsafeMutableBufferPointer { right in
                        let window = Window(floats, size)
                        for y in 1..<size.height - 1 {
                            for x in 1..<size.width - 1
                            where window.move(x: x, y: y, numbers, epsilon: Self.epsilon) {
                                window.add(to: stencils.values, right, labels)
                            }
                        }
                    }
                }
            }
        }
        self.right = right
        matrix = SparseMatrix(capacity: unknown.count * Self.reach)
        for (row, pixel) in unknown.pixels.enumerated() {
            for place in 0..<Self.reach {
                let value = stencils.values[row * Self.reach + place]
                guard value != 0 else { continue }
                let near = Int(pixel) + (place / 5 - 2) * size.width + place % 5 - 2
                let column = unknown.numbers[near]
                if column >= 0 { matrix.append(column: column, value: value) }
            }
            matrix.endRow()
        }
    }

    /// Where among a pixel's 25 entries a window's pixel `second` stands for its pixel `first`, both 0…8 row after row.
    fileprivate static func place(of second: Int, seenFrom first: Int) -> Int {
        (second / 3 - first / 3 + 2) * 5 + second % 3 - first % 3 + 2
    }

    /// For each unknown pixel the entries of the 5 × 5 pixels around it.
    private final class Stencils {
        let values: UnsafeMutablePointer<Double>

        init(count: Int) {
            values = .allocate(capacity: max(count, 1))
            values.initialize(repeating: 0, count: max(count, 1))
        }

        deinit { values.deallocate() }
    }
}

/// A window of 3 × 3 pixels that moves over the picture.
private final class Window {
    private let picture: UnsafeBufferPointer<Float>
    private let width: Int
    private let planeCount: Int
    /// Of the nine pixels: the numbers of unknown ones, and what sets their colours off from the mean.
    private let numbers: UnsafeMutablePointer<Int32>
    private let deviations: UnsafeMutablePointer<SIMD3<Double>>
    private var place = 0
    private var inverse = SymmetricMatrix3.identity

    init(_ picture: UnsafeBufferPointer<Float>, _ size: Size) {
        self.picture = picture
        width = size.width
        planeCount = size.pixelCount
        numbers = .allocate(capacity: 9)
        numbers.initialize(repeating: -1, count: 9)
        deviations = .allocate(capacity: 9)
        deviations.initialize(repeating: .zero, count: 9)
    }

    deinit {
        numbers.deallocate()
        deviations.deallocate()
    }

    /// Moves the middle to (x, y), which is not at the picture's edge.
    ///
    /// - Returns: false where all nine pixels are known, and nothing is to be done.
    func move(x: Int, y: Int, _ all: UnsafeBufferPointer<Int32>, epsilon: Double) -> Bool {
        place = y * width + x
        var hasUnknown = false
        for index in 0..<9 {
            numbers[index] = all[pixel(index)]
            if numbers[index] >= 0 { hasUnknown = true }
        }
        guard hasUnknown else { return false }
        var sum = SIMD3<Double>.zero
        for index in 0..<9 {
            let pixel = pixel(index)
            let color = SIMD3<Double>(
                Double(picture[pixel]), Double(picture[pixel + planeCount]), Double(picture[pixel + 2 * planeCount]))
            deviations[index] = color
            sum += color
        }
        let mean = sum / 9
        var covariance = SymmetricMatrix3.identity.scaled(by: epsilon)
        for index in 0..<9 {
            deviations[index] -= mean
            covariance.add(deviations[index], weight: 1.0 / 9)
        }
        inverse = covariance.inverse
        return true
    }

    /// Adds the window's entries to the rows of its unknown pixels; what meets the foreground goes to the right.
    func add(
        to stencils: UnsafeMutablePointer<Double>, _ right: UnsafeMutableBufferPointer<Double>,
        _ labels: UnsafeBufferPointer<Trimap.Label>
    ) {
        for first in 0..<9 where numbers[first] >= 0 {
            let row = Int(numbers[first])
            let direction = inverse.times(deviations[first])
            for second in 0..<9 {
                var value = -(1 + (direction * deviations[second]).sum()) / 9
                if first == second { value += 1 }
                if numbers[second] >= 0 {
                    stencils[row * MattingLaplacian.reach + MattingLaplacian.place(of: second, seenFrom: first)] +=
                        value
                } else if labels[pixel(second)] == .foreground {
                    right[row] -= value
                }
            }
        }
    }

    private func pixel(_ index: Int) -> Int { place + (index / 3 - 1) * width + index % 3 - 1 }
}
