public import Frames
internal import Pixels

/// Closed-form matting (Levin, Lischinski and Weiss, PAMI 2008): the alpha that is as near as can be to a linear
/// function of colour in every small window, with the trimap's pixels fixed.
///
/// The sparse system is solved by conjugate gradients with an incomplete Cholesky factor. Time and memory grow with the
/// number of unknown pixels, so a picture with very many of them, as strokes leave, is first solved at half its size; what
/// is clearly decided there is taken as known, and only the rest is solved here, starting from what was found (the
/// pyramid of section 5 of the paper).
public final class ClosedFormMatting: AlphaSolver {
    /// Up to so many unknown pixels the system is solved as it is.
    private let mostUnknown: Int

    public var name: String { "closed-form" }

    public convenience init() { self.init(mostUnknown: 400_000) }

    init(mostUnknown: Int) { self.mostUnknown = mostUnknown }

    public func alpha(of picture: FloatImage, trimap: Trimap) -> FloatImage {
        precondition(picture.size == trimap.size && picture.channels == 3, "picture and trimap do not fit")
        let size = picture.size
        guard size.width >= 3, size.height >= 3 else {
            // No window fits: the edge is repeated until one does.
            let larger = Size(width: max(size.width, 3), height: max(size.height, 3))
            return alpha(of: picture.padded(to: larger), trimap: trimap.padded(to: larger))
                .cropped(x: 0, y: 0, to: size)
        }
        var trimap = trimap
        var start: FloatImage?
        if trimap.count(.unknown) > mostUnknown, size.width >= 6, size.height >= 6 {
            let halved = trimap.halved()
            if halved.count(.unknown) < halved.labels.count {
                let coarse = alpha(of: picture.resized(to: halved.size, filter: .area), trimap: halved)
                    .resized(to: size, filter: .bilinear)
                trimap = trimap.decided(by: coarse)
                start = coarse
            }
        }
        let unknown = UnknownPixels(trimap)
        guard unknown.count > 0 else { return trimap.picture() }
        let system = MattingLaplacian(picture, trimap, unknown)
        var solution = unknown.pixels.map { pixel in
            start.map { $0.withFloats { Double($0[Int(pixel)]) } } ?? 0
        }
        ConjugateGradients().solve(
            system.matrix, right: system.right, preconditioner: IncompleteCholesky(system.matrix), x: &solution)
        return trimap.picture(with: solution, at: unknown)
    }
}

extension Trimap {
    /// 0 and 1 where it is known, and the solution, cut to 0…1, where it is not.
    func picture(with solution: [Double], at unknown: UnknownPixels) -> FloatImage {
        FloatImage(size: size, channels: 1) { floats in
            for (index, label) in labels.enumerated() { floats[index] = label.alpha }
            for (number, pixel) in unknown.pixels.enumerated() {
                let value = solution[number]
                floats[Int(pixel)] = value.isFinite ? Float(min(max(value, 0), 1)) : 0.5
            }
        }
    }

    /// The last row and column again and again.
    func padded(to target: Size) -> Trimap {
        let labels = (0..<target.height).flatMap { y in
            (0..<target.width).map { x in
                self.labels[min(y, size.height - 1) * size.width + min(x, size.width - 1)]
            }
        }
        return Trimap(size: target, labels: labels)
    }

    /// At half the size: a pixel is known where what is known of its four agrees, so that a thin stroke is not lost.
    func halved() -> Trimap {
        let half = Size(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
        var halved = [Label](repeating: .unknown, count: half.pixelCount)
        var isMixed = [Bool](repeating: false, count: half.pixelCount)
        for (pixel, label) in labels.enumerated() where label != .unknown {
            let place = pixel / size.width / 2 * half.width + pixel % size.width / 2
            if halved[place] == .unknown {
                halved[place] = label
            } else if halved[place] != label {
                isMixed[place] = true
            }
        }
        for place in halved.indices where isMixed[place] { halved[place] = .unknown }
        return Trimap(size: half, labels: halved)
    }

    /// Unknown pixels become known where a coarser solution is certain of them and all their neighbours.
    ///
    /// - Parameter alpha: of the same size.
    func decided(by alpha: FloatImage) -> Trimap {
        let margin: Float = 0.004
        let (low, high) = (alpha.eroded(radius: 3), alpha.dilated(radius: 3))
        let decided = low.withFloats { low in
            high.withFloats { high in
                labels.enumerated().map { index, label -> Label in
                    guard label == .unknown else { return label }
                    if high[index] < margin { return .background }
                    return low[index] > 1 - margin ? .foreground : .unknown
                }
            }
        }
        return Trimap(size: size, labels: decided)
    }
}
