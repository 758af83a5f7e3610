/// Preconditioned conjugate gradients (Hestenes and Stiefel, 1952) for a symmetric positive definite matrix.
///
/// One thread and a fixed order of sums: the result is the same everywhere.
struct ConjugateGradients {
    /// Ends when the residual is this part of the right-hand side's norm.
    var tolerance = 1e-5
    var mostSteps = 2000

    /// Solves matrix · x = right.
    ///
    /// - Parameter x: the start, and the solution. A system that does not converge (an unknown region that nothing ties
    ///   down) leaves the best there is.
    /// - Returns: steps taken.
    @discardableResult
    func solve(_ matrix: SparseMatrix, right: [Double], preconditioner: some Preconditioner, x: inout [Double]) -> Int {
        let count = right.count
        guard count > 0 else { return 0 }
        let product = Vector(count)
        let residual = Vector(count)
        let direction = Vector(count)
        let preconditioned = Vector(count)
        return x.withUnsafeMutableBufferPointer { buffer in
            guard let x = buffer.baseAddress else { return 0 }
            matrix.multiply(x, into: product.values)
            var rightSquared = 0.0
            for index in 0..<count {
                residual.values[index] = right[index] - product.values[index]
                rightSquared += right[index] * right[index]
            }
            let goal = tolerance * tolerance * rightSquared
            guard residual.dot(residual) > goal else { return 0 }
            preconditioner.apply(residual.values, into: preconditioned.values)
            direction.values.update(from: preconditioned.values, count: count)
            var energy = residual.dot(preconditioned)
            for step in 1...mostSteps {
                matrix.multiply(direction.values, into: product.values)
                let curvature = direction.dot(product)
                guard curvature > 0, energy > 0 else { return step }
                let length = energy / curvature
                var left = 0.0
                for index in 0..<count {
                    x[index] += length * direction.values[index]
                    let rest = residual.values[index] - length * product.values[index]
                    residual.values[index] = rest
                    left += rest * rest
                }
                guard left > goal else { return step }
                preconditioner.apply(residual.values, into: preconditioned.values)
                let next = residual.dot(preconditioned)
                let share = next / energy
                energy = next
                for index in 0..<count {
                    direction.values[index] = preconditioned.values[index] + share * direction.values[index]
                }
            }
            return mostSteps
        }
    }

    /// Memory for the steps between.
    private final class Vector {
        let values: UnsafeMutablePointer<Double>
        private let count: Int

        init(_ count: Int) {
            self.count = count
            values = .allocate(capacity: count)
            values.initialize(repeating: 0, count: count)
        }

        deinit { values.deallocate() }

        func dot(_ other: Vector) -> Double {
            var sum = 0.0
            for index in 0..<count { sum += values[index] * other.values[index] }
            return sum
        }
    }
}
