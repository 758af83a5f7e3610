internal import Frames
internal import Pixels

/// What a plate and a model together say of a frame as an affine matte: the solution, mixed with the model's matte by how
/// far the plate is believed. Outside of the window in which it was solved alpha is 0.
struct PlateRendering {
    private let evidence: PlateEvidence
    private let foreground: FloatImage
    private let alpha: FloatImage
    private let confidence: Float

    /// - Parameter evidence: of the window.
    init(_ evidence: PlateEvidence, _ solver: PlateSolver, confidence: Float) {
        self.evidence = evidence
        foreground = solver.foreground.picture
        alpha = evidence.model.mixed(with: solver.alpha, fraction: confidence, pool: .plates)
        self.confidence = confidence
    }

    /// - Parameter matte: the model's, of the whole picture.
    func matte(over matte: Matte, in window: PictureWindow, for pictureSize: Size) -> AffineMatte {
        let edges = AffineMatte(bringing: alpha, along: evidence.frame, to: pictureSize, pool: .plates)
        // Where the plate is believed altogether nobody asks for the model's colours.
        let isBelieved = confidence >= 1 && evidence.isInPlate.withFloats { $0.allSatisfy { $0 >= 1 } }
        let model = isBelieved ? nil : ModelColors(matte, of: evidence, in: window)
        return AffineMatte(
            slope: window.placed(colors(model?.slope, last: edges.slope, isSlope: true), outside: 0),
            offset: window.placed(colors(model?.offset, last: edges.offset, isSlope: false), outside: 0),
            pictureSize: pictureSize)
    }

    /// The subject's colour as a function of the picture's: with known B and the mean colour F̄ around,
    /// F = F̄ + g (I − αF̄ − (1−α)B), g = α / (α² + λ), minimises |I − αF − (1−α)B|² + λ |F − F̄|². λ goes to 0 where alpha
    /// is 1, so that the subject's inside stays the picture itself.
    private func colors(_ model: FloatImage?, last: FloatImage, isSlope: Bool) -> FloatImage {
        let size = evidence.size
        let count = size.pixelCount
        let (part, before, edge) = (alpha.plane(), model?.plane(), last.plane())
        let (front, behind, known) = (foreground.plane(), evidence.plate.plane(), evidence.isInPlate.plane())
        let confidence = confidence
        return withExtendedLifetime((evidence, foreground, alpha, model, last)) {
            FloatImage.computed(size, channels: 4) { pixels, out in
                for channel in 0..<3 {
                    let start = channel * count
                    for i in pixels {
                        let share = part[i]
                        let gain = share / (share * share + 0.05 * (1 - share) + 1e-6)
                        let mixed = share * front[start + i] + (1 - share) * behind[start + i]
                        out[start + i] = isSlope ? gain - 1 : front[start + i] - gain * mixed
                    }
                    guard let before else { continue }
                    for i in pixels {
                        out[start + i] =
                            before[start + i] + confidence * known[i] * (out[start + i] - before[start + i])
                    }
                }
                for i in pixels { out[3 * count + i] = edge[i] }
            }
        }
    }
}

/// Slopes and offsets of what the model adds to the picture for its foreground, three channels each.
private struct ModelColors {
    let slope: FloatImage
    let offset: FloatImage

    /// - Parameters:
    ///   - matte: of the whole picture.
    ///   - evidence: of the window.
    init(_ matte: Matte, of evidence: PlateEvidence, in window: PictureWindow) {
        let size = evidence.size
        func part(_ picture: FloatImage, _ filter: ResampleFilter) -> FloatImage {
            window.cut(picture.colors.resized(to: window.whole, filter: filter, pool: .plates))
        }
        switch matte {
        case .affine(let affine) where affine.hasForeground:
            let (slope, offset) = (part(affine.slope, .bilinear), part(affine.offset, .bilinear))
            switch affine.colors {
            case .residual: (self.slope, self.offset) = (slope, offset)
            case .means: (self.slope, self.offset) = Self.residual(ofMeans: slope, offset, evidence.model)
            }
        case .affine:
            slope = .filled(0, size: size, channels: 3)
            offset = slope
        case .dense(let dense):
            slope = .filled(0, size: size, channels: 3)
            guard let foreground = dense.foreground.map({ part($0, .area) }) else {
                offset = slope
                return
            }
            let (front, now) = (foreground.plane(), evidence.frame.plane())
            let count = size.pixelCount
            offset = withExtendedLifetime((foreground, evidence)) {
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

    /// Blur fusion, F̄ + α (I − αF̄ − (1−α)B̄), as something added to the picture.
    private static func residual(
        ofMeans subject: FloatImage, _ background: FloatImage, _ alpha: FloatImage
    ) -> (slope: FloatImage, offset: FloatImage) {
        let count = alpha.size.pixelCount
        let (front, behind, part) = (subject.plane(), background.plane(), alpha.plane())
        func made(_ value: (_ share: Float, _ front: Float, _ behind: Float) -> Float) -> FloatImage {
            withExtendedLifetime((subject, background, alpha)) {
                FloatImage.computed(alpha.size, channels: 3) { pixels, out in
                    for channel in 0..<3 {
                        for i in pixels {
                            out[channel * count + i] = value(
                                part[i], front[channel * count + i], behind[channel * count + i])
                        }
                    }
                }
            }
        }
        return (
            made { share, _, _ in share - 1 },
            made { share, front, behind in front - share * (share * front + (1 - share) * behind) }
        )
    }
}
