import Frames
import Pixels
import TestSupport
import Testing

@testable import Trimaps

struct MattingAlgorithmTests {
    /// Against the truth. KNN matting knows no gradients: it makes soft edges harder, here and in PyMatting.
    @Test(
        arguments: [(MattingAlgorithm.closedForm, 0.01), (.bayesian, 0.015), (.knn, 0.045)]
            as [(MattingAlgorithm, Float)])
    func findsASoftEdge(algorithm: MattingAlgorithm, mostError: Float) throws {
        let scene = Scene(44, 36, seed: 7)
        let alpha = try algorithm.makeSolver().alpha(of: scene.picture, trimap: scene.trimap)
        let error = alpha.meanDifference(from: scene.alpha)
        #expect(error < mostError, "\(algorithm): mean error \(error)")
        for (value, label) in zip(alpha.values, scene.trimap.labels) {
            #expect(label == .unknown ? (0...1).contains(value) : value == label.alpha)
        }
    }

    @Test(arguments: MattingAlgorithm.allCases) func repeatsItselfBitByBit(algorithm: MattingAlgorithm) throws {
        let scene = Scene(30, 24, seed: 8)
        let first = try algorithm.makeSolver().alpha(of: scene.picture, trimap: scene.trimap)
        let second = try algorithm.makeSolver().alpha(of: scene.picture, trimap: scene.trimap)
        #expect(first.values == second.values)
    }

    @Test(arguments: MattingAlgorithm.allCases, [(1, 1), (1, 7), (2, 3), (9, 1), (3, 3)])
    func tinyPicturesAreSolved(algorithm: MattingAlgorithm, size: (Int, Int)) throws {
        let picture = TestPictures.random(size.0, size.1, channels: 3, seed: 3)
        let count = picture.size.pixelCount
        // The first pixel is known where there are several.
        let labels = (0..<count).map { $0 == 0 && count > 1 ? Trimap.Label.foreground : .unknown }
        let alpha = try algorithm.makeSolver().alpha(
            of: picture, trimap: Trimap(size: picture.size, labels: labels))
        #expect(alpha.size == picture.size && alpha.values.allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: MattingAlgorithm.allCases) func flatColoursAreSolved(algorithm: MattingAlgorithm) throws {
        let scene = Scene(24, 20, seed: 1)
        let flat = FloatImage.filled(0.5, size: scene.picture.size, channels: 3)
        let alpha = try algorithm.makeSolver().alpha(of: flat, trimap: scene.trimap)
        #expect(alpha.values.allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: MattingAlgorithm.allCases) func oneSideAloneIsAllThereIs(algorithm: MattingAlgorithm) throws {
        let scene = Scene(24, 20, seed: 2)
        for side in [Trimap.Label.background, .foreground] {
            let trimap = Trimap(
                size: scene.trimap.size, labels: scene.trimap.labels.map { $0 == .unknown ? .unknown : side })
            let alpha = try algorithm.makeSolver().alpha(of: scene.picture, trimap: trimap)
            #expect(alpha.values.allSatisfy { abs($0 - side.alpha) < 0.01 })
        }
    }

    /// Many unknown pixels are first decided on a smaller picture; the edge must come out as without.
    @Test func thePyramidGivesWhatTheWholeSystemGives() {
        let scene = Scene(56, 48, seed: 5)
        let whole = ClosedFormMatting().alpha(of: scene.picture, trimap: scene.trimap)
        let stepwise = ClosedFormMatting(mostUnknown: 200).alpha(of: scene.picture, trimap: scene.trimap)
        #expect(scene.trimap.count(.unknown) > 400)
        #expect(whole.meanDifference(from: stepwise) < 0.01)
        #expect(stepwise.meanDifference(from: scene.alpha) < 0.015)
    }
}
