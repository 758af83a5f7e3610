/// An approximate inverse of a matrix, which makes conjugate gradients converge in fewer steps.
protocol Preconditioner {
    /// result ≈ matrix⁻¹ · vector; the two do not overlap.
    func apply(_ vector: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>)
}

/// The inverse of the diagonal (Jacobi).
struct DiagonalPreconditioner: Preconditioner {
    private let inverse: [Double]

    init(_ matrix: SparseMatrix) { inverse = matrix.diagonal.map { $0 > 0 ? 1 / $0 : 1 } }

    func apply(_ vector: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
        for index in inverse.indices { result[index] = inverse[index] * vector[index] }
    }
}
