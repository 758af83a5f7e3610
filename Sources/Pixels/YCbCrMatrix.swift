internal import Frames

/// The coefficients of the colour kernels, from the luma weights (ITU-T H.273, equations 38 to 43).
struct YCbCrMatrix {
    /// Of `matte_ycc_to_rgb`.
    let toRGB: [Float]
    /// Of `matte_rgb_to_ycc`.
    let fromRGB: [Float]
    /// Kr, Kg, Kb.
    let weights: (red: Float, green: Float, blue: Float)

    init(_ matrix: ColorDescription.Matrix) {
        let (red, blue) = matrix.lumaWeights
        let green = 1 - red - blue
        toRGB = [
            2 * (1 - red), 2 * blue * (1 - blue) / green, 2 * red * (1 - red) / green, 2 * (1 - blue),
        ].map { Float($0) }
        fromRGB = [red, green, blue, 0.5 / (1 - blue), 0.5 / (1 - red)].map { Float($0) }
        weights = (Float(red), Float(green), Float(blue))
    }
}
