import Drawing
import Frames

/// Draws where two mattes differ.
enum DifferencePicture {
    /// White where they are equal; blue where alpha is less than the other's, vermilion where it is more. Colours are
    /// full from a difference of 0.5 on.
    ///
    /// - Parameter other: of the same size.
    static func of(_ alpha: FloatImage, from other: FloatImage) -> FloatImage {
        let size = alpha.size
        let count = size.pixelCount
        return alpha.withFloats { alpha in
            other.withFloats { other in
                FloatImage(size: size, channels: 3) { target in
                    for index in 0..<count {
                        let error = alpha[index] - other[index]
                        let ink = error > 0 ? Ink.vermilion : .blue
                        let share = min(2 * abs(error), 1)
                        target[index] = 1 + (ink.red - 1) * share
                        target[index + count] = 1 + (ink.green - 1) * share
                        target[index + 2 * count] = 1 + (ink.blue - 1) * share
                    }
                }
            }
        }
    }
}
