internal import Foundation
public import Frames

/// Bayesian matting (Chuang, Curless, Salesin and Szeliski, CVPR 2001): from the known pixels inwards, each unknown one
/// takes the alpha that is most probable by the colours of foreground and background around it. Pixels decided before
/// count as samples for those that follow.
public final class BayesianMatting: AlphaSolver {
    public var name: String { "bayesian" }

    public init() {}

    /// Samples of each side.
    private static let sampleCount = 48
    /// How far they are looked for, in pixels.
    private static let reach = 48
    /// Of the Gaussian by which nearer samples count more, in pixels.
    private static let falloff = 8.0
    /// A pixel says something of a side's colour if its share of it is at least this.
    private static let leastShare = 0.1

    public func alpha(of picture: FloatImage, trimap: Trimap) -> FloatImage {
        precondition(picture.size == trimap.size && picture.channels == 3, "picture and trimap do not fit")
        var state = State(picture, trimap)
        let neighbourhood = Neighbourhood(reach: Self.reach, falloff: Self.falloff)
        for pixel in trimap.fromTheKnownInwards() { state.decide(pixel, neighbourhood) }
        let alphas = state.alphas
        return FloatImage(size: trimap.size, channels: 1) { floats in
            for index in floats.indices { floats[index] = Float(alphas[index]) }
        }
    }

    /// What is known so far.
    private struct State {
        private let size: Size
        private let colors: [SIMD3<Double>]
        private var foregrounds: [SIMD3<Double>]
        private var backgrounds: [SIMD3<Double>]
        private var isDecided: [Bool]
        private(set) var alphas: [Double]

        init(_ picture: FloatImage, _ trimap: Trimap) {
            size = picture.size
            let count = size.pixelCount
            colors = picture.withFloats { floats in
                (0..<count).map { pixel in
                    SIMD3(Double(floats[pixel]), Double(floats[pixel + count]), Double(floats[pixel + 2 * count]))
                }
            }
            foregrounds = colors
            backgrounds = colors
            isDecided = trimap.labels.map { $0 != .unknown }
            alphas = trimap.labels.map { Double($0.alpha) }
        }

        mutating func decide(_ pixel: Int, _ neighbourhood: Neighbourhood) {
            var front: [ColorClusters.Sample] = []
            var back: [ColorClusters.Sample] = []
            var (alphaSum, weightSum) = (0.0, 0.0)
            let (x, y) = (pixel % size.width, pixel / size.width)
            for step in neighbourhood.steps {
                let (column, row) = (x + step.x, y + step.y)
                guard column >= 0, column < size.width, row >= 0, row < size.height else { continue }
                let near = row * size.width + column
                guard isDecided[near] else { continue }
                let alpha = alphas[near]
                if weightSum < 8 {
                    alphaSum += alpha * step.weight
                    weightSum += step.weight
                }
                if alpha >= BayesianMatting.leastShare, front.count < BayesianMatting.sampleCount {
                    front.append(.init(color: foregrounds[near], weight: alpha * alpha * step.weight))
                }
                if 1 - alpha >= BayesianMatting.leastShare, back.count < BayesianMatting.sampleCount {
                    back.append(.init(color: backgrounds[near], weight: (1 - alpha) * (1 - alpha) * step.weight))
                }
                if front.count == BayesianMatting.sampleCount, back.count == BayesianMatting.sampleCount { break }
            }
            isDecided[pixel] = true
            guard !front.isEmpty, !back.isEmpty else {
                // Only one side is near, or none.
                alphas[pixel] = front.isEmpty ? (back.isEmpty ? 0.5 : 0) : 1
                return
            }
            let start = weightSum > 0 ? alphaSum / weightSum : 0.5
            guard
                let estimate = BayesianEstimate.best(
                    color: colors[pixel], foregrounds: ColorClusters(front), backgrounds: ColorClusters(back),
                    start: start)
            else { return }
            alphas[pixel] = estimate.alpha
            foregrounds[pixel] = estimate.foreground
            backgrounds[pixel] = estimate.background
        }
    }

    /// The pixels around one, the nearest first, with their weights.
    private struct Neighbourhood {
        struct Step {
            let x: Int
            let y: Int
            let weight: Double
        }

        let steps: [Step]

        init(reach: Int, falloff: Double) {
            var places: [(squared: Int, x: Int, y: Int)] = []
            for y in -reach...reach {
                for x in -reach...reach where (x, y) != (0, 0) && x * x + y * y <= reach * reach {
                    places.append((x * x + y * y, x, y))
                }
            }
            // Of equal distances row after row: sorting by distance alone would leave the order to chance.
            places.sort { ($0.squared, $0.y, $0.x) < ($1.squared, $1.y, $1.x) }
            steps = places.map { place in
                Step(x: place.x, y: place.y, weight: exp(-Double(place.squared) / (2 * falloff * falloff)))
            }
        }
    }
}
