internal import Frames
internal import Pixels

/// How far a plate may be believed, by what of the background it leaves unexplained.
enum PlateConfidence {
    /// What a camera's noise and an alignment's remains explain: four codes of 8 bits, and a third of a pixel.
    private static let noise: Float = 4.0 / 255
    private static let misalignment: Float = 0.35
    /// Parts of the background that may differ: up to the first the plate is believed, from the second on it is not.
    /// Things that were moved stay below; plates of other rooms leave two thirds and more.
    private static let unexplained: (Float, Float) = (0.1, 0.25)

    /// - Returns: 0…1.
    static func confidence(
        noise model: NoiseModel, frame: FloatImage, plate: FloatImage, background: FloatImage
    ) -> Float {
        let size = frame.size
        let count = size.pixelCount
        let unit = WorkingScale.unit(of: size)
        let drift = misalignment * misalignment * unit * unit
        let energies = KnownBackground(picture: frame, background: plate)
            .energies(
                variance: model.squaredSlope, flat: noise * noise, drift: drift, most: .greatestFiniteMagnitude,
                pool: .plates)
        let smooth = energies.blurred(sigma: Double(unit), pool: .plates)
        let (share, mask) = (smooth.plane(), background.plane())
        var (differing, all): (Int32, Int32) = (0, 0)
        for i in 0..<count {
            all += mask[i] > 0.5 ? 1 : 0
            differing += mask[i] * share[i] > 4 ? 1 : 0
        }
        withExtendedLifetime((smooth, background)) {}
        guard all > 0 else { return 0 }
        let explained = 1 - (Float(differing) / Float(all)).stepped(unexplained.0, unexplained.1)
        let quiet = 1 - (model.noise * 255).stepped(5, 9)
        let steady = 1 - (model.misalignment / unit).stepped(0.5, 1)
        return explained * quiet * steady
    }
}
