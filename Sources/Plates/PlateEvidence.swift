internal import Frames
internal import Pixels

/// What the difference between frame and plate says at each pixel.
struct PlateEvidence {
    /// The picture and the plate under it, matched; R'G'B' at the working size.
    let frame: FloatImage
    let plate: FloatImage
    /// Of their difference on background.
    let variance: FloatImage
    /// Alpha of the model.
    let model: FloatImage
    /// Where the plate has something to say, 0 or 1.
    let isInPlate: FloatImage
    /// How far it may be believed there, 0…1.
    let known: FloatImage
    /// Root of the mean squared difference around each pixel in standard deviations: about 1 on background.
    let distance: FloatImage

    /// Mean squared difference in variances, up to 10⁴.
    private let energies: FloatImage

    /// Pixels that stand for one of a picture 640 pixels long.
    let unit: Float

    /// What is as far away as this is far away.
    static let mostEnergy: Float = 1e4

    var size: Size { frame.size }
    var scene: KnownBackground { KnownBackground(picture: frame, background: plate) }

    private init(cutting whole: PlateEvidence, to window: PictureWindow) {
        frame = window.cut(whole.frame)
        plate = window.cut(whole.plate)
        variance = window.cut(whole.variance)
        model = window.cut(whole.model)
        distance = window.cut(whole.distance)
        energies = window.cut(whole.energies)
        isInPlate = window.cut(whole.isInPlate)
        known = Self.withoutCoincidences(
            isInPlate, energies: energies,
            structure: Self.structure(of: plate, variance: variance, unit: whole.unit), model: model, unit: whole.unit)
        unit = whole.unit
    }

    /// 1 where the model's subject is no further away than some pixels of a picture 640 long, else 0.
    func subject(within length: Float) -> FloatImage {
        let alpha = model.plane()
        let subject = withExtendedLifetime(model) {
            FloatImage.computed(size) { pixels, out in for i in pixels { out[i] = alpha[i] > 0.5 ? 1 : 0 } }
        }
        return subject.largest(within: reach(length), pool: .plates)
    }

    /// How far hair that the model does not see stands off, in such pixels. Further away the subject's colours explain
    /// things that are not the subject's.
    static let hair: Float = 7

    /// A length in whole pixels, at least 1.
    func reach(_ length: Float) -> Int { max(1, Int((length * unit).rounded())) }

    /// - Parameter known: where the plate has something to say, 0 or 1.
    init(frame: FloatImage, plate: FloatImage, variance: FloatImage, model: FloatImage, known: FloatImage) {
        self.frame = frame
        self.plate = plate
        self.variance = variance
        self.model = model
        unit = WorkingScale.unit(of: frame.size)
        energies = KnownBackground(picture: frame, background: plate)
            .energies(variance: variance, most: Self.mostEnergy, pool: .plates)
        distance = Self.distance(energies, unit: unit)
        isInPlate = known
        self.known = known
    }

    /// - Parameter energies: squared differences in variances.
    /// - Returns: the root of their mean around each pixel.
    static func distance(_ energies: FloatImage, unit: Float) -> FloatImage {
        let near = energies.blurred(sigma: Double(unit), pool: .plates)
        let mean = near.plane()
        return withExtendedLifetime(near) {
            FloatImage.computed(energies.size) { pixels, out in
                for i in pixels { out[i] = (mean[i] > 0 ? mean[i] : 0).squareRoot() }
            }
        }
    }

    /// A part of the whole, without what only looks like agreement.
    func cut(to window: PictureWindow) -> PlateEvidence { PlateEvidence(cutting: self, to: window) }

    /// Standard deviation of the plate's luma around each pixel, in those of the noise.
    private static func structure(of plate: FloatImage, variance: FloatImage, unit: Float) -> FloatImage {
        let luma = plate.halved.luma
        let values = luma.plane()
        let count = luma.size.pixelCount
        let moments = FloatImage.computed(luma.size, channels: 2) { pixels, out in
            for i in pixels { (out[i], out[count + i]) = (values[i], values[i] * values[i]) }
        }
        withExtendedLifetime(luma) {}
        let around = moments.blurred(sigma: Double(unit), pool: .plates)
            .resized(to: plate.size, filter: .bilinear, pool: .plates)
        let (mean, square, noise) = (around.plane(0), around.plane(1), variance.plane())
        return withExtendedLifetime((around, variance)) {
            FloatImage.computed(plate.size) { pixels, out in
                for i in pixels {
                    let spread = square[i] - mean[i] * mean[i]
                    out[i] = ((spread > 0 ? spread : 0) / noise[i]).squareRoot()
                }
            }
        }
    }

    /// Inside of what the model is sure of, a shirt may have the wall's colour. There the plate is believed only where
    /// frame and plate agree over a wide place and the plate has a structure that does not agree by accident.
    private static func withoutCoincidences(
        _ known: FloatImage, energies: FloatImage, structure: FloatImage, model: FloatImage, unit: Float
    ) -> FloatImage {
        let size = known.size
        let inside = model.smallest(within: max(1, Int((3 * unit).rounded())), pool: .plates)
        let source = energies.plane()
        let capped = FloatImage.computed(size) { pixels, out in
            for i in pixels { out[i] = source[i] < 50 ? source[i] : 50 }
        }
        withExtendedLifetime(energies) {}
        let wide = capped.halved.blurred(sigma: 1.5 * Double(unit), pool: .plates)
            .resized(to: size, filter: .bilinear, pool: .plates)
        let (before, sure, far, texture) = (known.plane(), inside.plane(), wide.plane(), structure.plane())
        return withExtendedLifetime((known, inside, wide, structure)) {
            FloatImage.computed(size) { pixels, out in
                for i in pixels {
                    let agreement = 1 - (far[i] > 0 ? far[i] : 0).squareRoot().stepped(1.3, 2.2)
                    let isSeen = agreement * texture[i].stepped(2, 6)
                    let doubt = sure[i].stepped(0.8, 0.98) * (1 - isSeen)
                    out[i] = before[i] * (1 - doubt)
                }
            }
        }
    }
}
