internal import Glibc
internal import Frames
internal import Pixels

/// Grad: sum (|∇α| − |∇α*|)², ÷10³ (Rhemann et al., CVPR 2009, section 3). The gradients are first-order Gaussian
/// derivatives with σ = 1.4, of mattes stretched to 0…1, as in the benchmark's own program.
public enum GradientError {
    /// - Returns: nil where no pixel counts.
    public static func measure(_ pair: MattePair) -> Double? {
        guard pair.count > 0 else { return nil }
        let slopes = (slope(of: pair.predicted), slope(of: pair.truth))
        return slopes.0.withFloats { predicted in
            slopes.1.withFloats { truth in
                pair.sum { index in
                    let difference = Double(predicted[index] - truth[index])
                    return difference * difference
                } / 1e3
            }
        }
    }

    private static let sigma = 1.4

    /// The Gaussian and its derivative, cut where the Gaussian falls below 0.01, their product of unit energy.
    private static let (smooth, derivative) = {
        let reach = Int((sigma * (-2 * log((2 * Double.pi).squareRoot() * sigma * 0.01)).squareRoot()).rounded(.up))
        let smooth = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let derivative = zip(-reach...reach, smooth).map { Double($0) * $1 }
        func unit(_ taps: [Double]) -> [Float] {
            let energy = taps.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return taps.map { Float($0 / energy) }
        }
        return (unit(smooth), unit(derivative))
    }()

    /// The gradient's length at each pixel; the edge pixels repeat outside of the picture.
    private static func slope(of matte: FloatImage) -> FloatImage {
        let stretched = stretched(matte)
        let across = stretched.filtered(across: derivative, down: smooth)
        let down = stretched.filtered(across: smooth, down: derivative)
        return across.withFloats { across in
            down.withFloats { down in
                FloatImage(size: matte.size, channels: 1) { length in
                    for index in length.indices {
                        length[index] = (across[index] * across[index] + down[index] * down[index]).squareRoot()
                    }
                }
            }
        }
    }

    /// The least value becomes 0 and the largest 1; a flat matte becomes 0.
    private static func stretched(_ matte: FloatImage) -> FloatImage {
        matte.withFloats { values in
            let low = values.min() ?? 0
            let range = (values.max() ?? 0) - low
            return FloatImage(size: matte.size, channels: 1) { target in
                for index in target.indices { target[index] = range > 0 ? (values[index] - low) / range : 0 }
            }
        }
    }
}
