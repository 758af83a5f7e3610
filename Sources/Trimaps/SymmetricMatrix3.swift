/// A symmetric matrix of 3 × 3, as a covariance of colours is.
struct SymmetricMatrix3 {
    /// (0, 0), (1, 1), (2, 2).
    var diagonal: SIMD3<Double>
    /// (1, 2), (0, 2), (0, 1).
    var others: SIMD3<Double>

    static let zero = SymmetricMatrix3(diagonal: .zero, others: .zero)
    static let identity = SymmetricMatrix3(diagonal: .one, others: .zero)

    func scaled(by factor: Double) -> SymmetricMatrix3 {
        SymmetricMatrix3(diagonal: diagonal * factor, others: others * factor)
    }

    static func + (one: SymmetricMatrix3, other: SymmetricMatrix3) -> SymmetricMatrix3 {
        SymmetricMatrix3(diagonal: one.diagonal + other.diagonal, others: one.others + other.others)
    }

    /// Adds weight · v · vᵀ.
    mutating func add(_ v: SIMD3<Double>, weight: Double) {
        let weighted = v * weight
        diagonal += weighted * v
        others += SIMD3(weighted.y * v.z, weighted.x * v.z, weighted.x * v.y)
    }

    func times(_ v: SIMD3<Double>) -> SIMD3<Double> {
        let x = diagonal.x * v.x + others.z * v.y + others.y * v.z
        let y = others.z * v.x + diagonal.y * v.y + others.x * v.z
        let z = others.y * v.x + others.x * v.y + diagonal.z * v.z
        return SIMD3(x, y, z)
    }

    /// By cofactors; the matrix must not be singular.
    var inverse: SymmetricMatrix3 {
        let (a, b, c) = (diagonal.x, diagonal.y, diagonal.z)
        let (f, e, d) = (others.x, others.y, others.z)
        let first = SIMD3(b * c - f * f, a * c - e * e, a * b - d * d)
        let second = SIMD3(d * e - a * f, d * f - b * e, e * f - c * d)
        let determinant = a * first.x + d * second.z + e * second.y
        return SymmetricMatrix3(diagonal: first, others: second).scaled(by: 1 / determinant)
    }

    /// The largest eigenvalue and its direction, of length 1, by power iteration from a fixed start.
    var principalAxis: (value: Double, direction: SIMD3<Double>) {
        var direction = SIMD3(1, 0.9, 0.8)
        var value = 0.0
        for _ in 0..<24 {
            let next = times(direction)
            let length = (next * next).sum().squareRoot()
            guard length > 0 else { return (0, SIMD3(1, 0, 0)) }
            direction = next / length
            value = length
        }
        return (value, direction)
    }
}
