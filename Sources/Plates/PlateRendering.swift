internal import Frames
internal import Pixels

/// What a plate and a model together say of a frame, at the working size.
struct PlateSolution {
    let alpha: FloatImage
    /// R'G'B', and a fourth channel that does not count here.
    let foreground: FloatImage
}

/// A solution as an affine matte, mixed with the model's matte by how far the plate is believed.
struct PlateRendering {
    private let evidence: PlateEvidence
    private let solution: PlateSolution
    private let confidence: Float

    init(_ evidence: PlateEvidence, _ solution: PlateSolution, confidence: Float) {
        self.evidence = evidence
        self.solution = solution
        self.confidence = confidence
    }

    /// - Parameter matte: the model's.
    func matte(over matte: Matte, for pictureSize: Size) -> AffineMatte {
        let alpha = mixedAlpha
        let edges = AffineMatte(bringing: alpha, along: evidence.frame, to: pictureSize)
        let model = ModelColors(matte, evidence.frame)
        return AffineMatte(
            slope: colors(alpha, model.slope, last: edges.slope, isSlope: true),
            offset: colors(alpha, model.offset, last: edges.offset, isSlope: false), pictureSize: pictureSize)
    }

    private var mixedAlpha: FloatImage {
        let (solved, model) = (solution.alpha.plane(), evidence.model.plane())
        let share = confidence
        return withExtendedLifetime((solution.alpha, evidence)) {
            FloatImage.computed(evidence.size) { pixels, out in
                for i in pixels { out[i] = model[i] + share * (solved[i] - model[i]) }
            }
        }
    }

    /// The subject's colour as a function of the picture's: with known B and the mean colour F̄ around,
    /// F = F̄ + g (I − αF̄ − (1−α)B), g = α / (α² + λ), minimises |I − αF − (1−α)B|² + λ |F − F̄|². λ goes to 0 where alpha
    /// is 1, so that the subject's inside stays the picture itself.
    private func colors(_ alpha: FloatImage, _ model: FloatImage, last: FloatImage, isSlope: Bool) -> FloatImage {
        let size = evidence.size
        let count = size.pixelCount
        let (part, before, edge) = (alpha.plane(), model.plane(), last.plane())
        let (front, behind, known) = (
            solution.foreground.plane(), evidence.plate.plane(), evidence.known.plane()
        )
        let confidence = confidence
        return withExtendedLifetime((evidence, solution.foreground, alpha, model, last)) {
            FloatImage.computed(size, channels: 4) { pixels, out in
                for channel in 0..<3 {
                    for i in pixels {
                        let at = channel * count + i
                        let share = part[i]
                        let gain = share / (share * share + 0.05 * (1 - share) + 1e-6)
                        let mixed = share * front[at] + (1 - share) * behind[at]
                        let own = isSlope ? gain - 1 : front[at] - gain * mixed
                        let weight = confidence * known[i]
                        out[at] = before[at] + weight * (own - before[at])
                    }
                }
                for i in pixels { out[3 * count + i] = edge[i] }
            }
        }
    }
}

/// Slopes and offsets of the model's foreground at the working size, three channels each.
private struct ModelColors {
    let slope: FloatImage
    let offset: FloatImage

    init(_ matte: Matte, _ picture: FloatImage) {
        let size = picture.size
        switch matte {
        case .affine(let affine) where affine.hasForeground:
            slope = affine.slope.resized(to: size, filter: .bilinear)
            offset = affine.offset.resized(to: size, filter: .bilinear)
        case .affine:
            slope = .filled(0, size: size, channels: 3)
            offset = slope
        case .dense(let dense):
            slope = .filled(0, size: size, channels: 3)
            guard let foreground = dense.foreground?.resized(to: size, filter: .area) else {
                offset = slope
                return
            }
            let (front, now) = (foreground.plane(), picture.plane())
            let count = size.pixelCount
            offset = withExtendedLifetime((foreground, picture)) {
                FloatImage.computed(size, channels: 3) { pixels, out in
                    for channel in 0..<3 {
                        for i in pixels {
                            out[channel * count + i] = front[channel * count + i] - now[channel * count + i]
                        }
                    }
                }
            }
        }
    }
}
