internal import Frames
internal import Pixels

/// What a plate and a model together say of a frame as an affine matte: the solution, mixed with the model's matte by how
/// far the plate is believed. Where it is not, or unknown, the matte is the model's own, and outside of the window in which
/// it was solved alpha is 0.
struct PlateRendering {
    private let evidence: PlateEvidence
    private let foreground: FloatImage
    /// The solution's.
    private let solved: FloatImage
    /// Of both.
    private let alpha: FloatImage
    /// How far the solution is believed at each pixel; nil where it is altogether.
    private let belief: FloatImage?

    /// - Parameter evidence: of the window.
    init(_ evidence: PlateEvidence, _ solver: PlateSolver, confidence: Float) {
        self.evidence = evidence
        foreground = solver.foreground.picture
        solved = solver.alpha
        belief = Self.belief(evidence, confidence)
        guard let belief else {
            alpha = solved
            return
        }
        let (before, now, share) = (evidence.model.plane(), solver.alpha.plane(), belief.plane())
        alpha = withExtendedLifetime((evidence, solver, belief)) {
            FloatImage.computed(evidence.size) { pixels, out in
                for i in pixels { out[i] = before[i] + share[i] * (now[i] - before[i]) }
            }
        }
    }

    /// Nothing of the solution gets to where the plate is unknown: its neighbours have no say there.
    private static func belief(_ evidence: PlateEvidence, _ confidence: Float) -> FloatImage? {
        let isInPlate = evidence.isInPlate
        guard confidence < 1 || !isInPlate.withFloats({ $0.allSatisfy { $0 >= 1 } }) else { return nil }
        return isInPlate.smallest(within: evidence.reach(2), pool: .plates)
            .blurred(sigma: Double(evidence.unit), pool: .plates).multiplied(by: confidence)
    }

    /// - Parameter matte: the model's, of the whole picture.
    func matte(over matte: Matte, in window: PictureWindow, for pictureSize: Size) -> AffineMatte {
        let edges = AffineMatte(bringing: solved, along: evidence.frame, to: pictureSize, pool: .plates)
        // Where the plate is believed altogether nobody asks for the model's matte.
        let model = belief == nil ? nil : ModelMatte(matte, of: evidence, in: window, for: pictureSize)
        return AffineMatte(
            slope: window.placed(mixed(model?.slope, edges.slope, isSlope: true), outside: 0),
            offset: window.placed(mixed(model?.offset, edges.offset, isSlope: false), outside: 0),
            pictureSize: pictureSize)
    }

    /// The subject's colour as a function of the picture's: with known B and the mean colour F̄ around,
    /// F = F̄ + g (I − αF̄ − (1−α)B), g = α / (α² + λ), minimises |I − αF − (1−α)B|² + λ |F − F̄|². λ goes to 0 where alpha
    /// is 1, so that the subject's inside stays the picture itself.
    private func mixed(_ model: FloatImage?, _ edges: FloatImage, isSlope: Bool) -> FloatImage {
        let size = evidence.size
        let count = size.pixelCount
        let (part, before, edge, belief) = (alpha.plane(), model?.plane(), edges.plane(), belief?.plane())
        let (front, behind) = (foreground.plane(), evidence.plate.plane())
        return withExtendedLifetime((self, model, edges)) {
            FloatImage.computed(size, channels: 4) { pixels, out in
                for channel in 0..<3 {
                    let start = channel * count
                    for i in pixels {
                        let share = part[i]
                        let gain = share / (share * share + 0.05 * (1 - share) + 1e-6)
                        let mixed = share * front[start + i] + (1 - share) * behind[start + i]
                        out[start + i] = isSlope ? gain - 1 : front[start + i] - gain * mixed
                    }
                }
                for i in pixels { out[3 * count + i] = edge[i] }
                guard let before, let belief else { return }
                for start in stride(from: 0, to: 4 * count, by: count) {
                    for i in pixels {
                        out[start + i] = before[start + i] + belief[i] * (out[start + i] - before[start + i])
                    }
                }
            }
        }
    }
}

/// The model's matte as slopes and offsets in the window: what it adds to the picture for its foreground, three channels,
/// and alpha.
private struct ModelMatte {
    let slope: FloatImage
    let offset: FloatImage

    /// - Parameters:
    ///   - matte: of the whole picture.
    ///   - evidence: of the window.
    init(_ matte: Matte, of evidence: PlateEvidence, in window: PictureWindow, for pictureSize: Size) {
        func part(_ picture: FloatImage, _ filter: ResampleFilter) -> FloatImage {
            window.cut(picture.resized(to: window.whole, filter: filter, pool: .plates))
        }
        let nothing = FloatImage.filled(0, size: evidence.size, channels: 3, pool: .plates)
        switch matte {
        case .affine(let affine):
            let (slope, offset) = (part(affine.slope, .bilinear), part(affine.offset, .bilinear))
            guard affine.hasForeground else {
                self.slope = Self.joined(nothing, slope)
                self.offset = Self.joined(nothing, offset)
                return
            }
            switch affine.colors {
            case .residual: (self.slope, self.offset) = (slope, offset)
            case .means:
                let colors = Self.residual(ofMeans: slope, offset, evidence.model)
                self.slope = Self.joined(colors.0, slope.channel(3))
                self.offset = Self.joined(colors.1, offset.channel(3))
            }
        case .dense(let dense):
            let edges = AffineMatte(bringing: evidence.model, along: evidence.frame, to: pictureSize, pool: .plates)
            slope = Self.joined(nothing, edges.slope)
            guard let foreground = dense.foreground.map({ part($0, .area) }) else {
                offset = Self.joined(nothing, edges.offset)
                return
            }
            let (front, now) = (foreground.plane(), evidence.frame.plane())
            let added = withExtendedLifetime((foreground, evidence)) {
                FloatImage.computed(evidence.size, channels: 3) { pixels, out in
                    for channel in 0..<3 {
                        let start = channel * evidence.size.pixelCount
                        for i in pixels { out[start + i] = front[start + i] - now[start + i] }
                    }
                }
            }
            offset = Self.joined(added, edges.offset)
        }
    }

    /// Three channels of colours and one of alpha as one picture.
    private static func joined(_ colors: FloatImage, _ alpha: FloatImage) -> FloatImage {
        let count = colors.size.pixelCount
        let (three, one) = (colors.plane(), alpha.plane())
        return withExtendedLifetime((colors, alpha)) {
            FloatImage.computed(colors.size, channels: 4) { pixels, out in
                for start in stride(from: 0, to: 3 * count, by: count) {
                    for i in pixels { out[start + i] = three[start + i] }
                }
                for i in pixels { out[3 * count + i] = one[i] }
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
