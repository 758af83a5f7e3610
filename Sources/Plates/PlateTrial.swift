internal import Frames
internal import Pixels

/// Tries a plate that was made of a clip's pictures on them, each as a frame will be.
struct PlateTrial {
    /// In standard deviations: as `PlateObjects` has it.
    private static let leastDifference: Float = 3
    /// So many pictures must agree about a place, and of all that show it at most this part may not.
    private static let leastAgreeing = 3
    private static let mostDiffering = 0.25
    /// From a place that is not certain, in pixels of a picture 640 wide.
    private static let margin: Float = 2

    private let aligner: PlateAligner
    private let size: Size
    /// How many pictures show a place without the subject, and how many of them show something else than the plate.
    private var seen: [Int]
    private var differing: [Int]
    private var confidences: Float = 0
    private var count = 0

    /// - Parameter size: of the pictures.
    init(of plate: CleanPlate, size: Size) {
        aligner = PlateAligner(plate, size: size)
        self.size = size
        seen = [Int](repeating: 0, count: size.pixelCount)
        differing = seen
    }

    /// How far the plate is believed, mean over the pictures, 0…1.
    var fit: Float { count > 0 ? confidences / Float(count) : 0 }

    /// 1 where the pictures agree with the plate, else 0.
    var certain: FloatImage {
        FloatImage(size: size, channels: 1) { out in
            for i in out.indices {
                let isAgreed = Double(differing[i]) <= Self.mostDiffering * Double(seen[i])
                out[i] = isAgreed && seen[i] - differing[i] >= Self.leastAgreeing ? 1 : 0
            }
        }.smallest(within: WorkingScale.reach(Self.margin, in: size))
    }

    /// - Parameters:
    ///   - picture: R'G'B'.
    ///   - subject: the model's alpha.
    mutating func add(_ picture: FloatImage, subject: FloatImage) {
        count += 1
        guard let aligned = aligner.alignment(to: picture, model: subject) else { return }
        confidences += aligned.confidence
        // What does not fit as a whole says nothing of places.
        guard aligned.confidence > 0.5, let inverse = aligned.pose.inverse else { return }
        let evidence = PlateEvidence(
            frame: picture, plate: aligned.plate, variance: aligned.variance, model: subject, known: aligned.known)
        let hidden = CleanPlate.hidden(by: subject)
        let (distance, known, covered) = (evidence.distance.plane(), aligned.known.plane(), hidden.plane())
        let map = PixelMap(inverse, size: size)
        let (right, bottom) = (Float(size.width) - 0.5, Float(size.height) - 0.5)
        for place in seen.indices {
            let (x, y) = map(place % size.width, place / size.width)
            guard x > -0.5, x < right, y > -0.5, y < bottom else { continue }
            let pixel = Int(y.rounded()) * size.width + Int(x.rounded())
            guard known[pixel] > 0, covered[pixel] == 0 else { continue }
            seen[place] += 1
            differing[place] += distance[pixel] > Self.leastDifference ? 1 : 0
        }
        withExtendedLifetime((evidence, aligned, hidden)) {}
    }
}
