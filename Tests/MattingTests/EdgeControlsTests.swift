import Frames
import Matting
import Pixels
import TestSupport
import Testing

struct EdgeControlsTests {
    private let alpha = TestPictures.random(31, 17, seed: 5)

    private func floats(_ image: FloatImage) -> [Float] { image.withFloats { Array($0) } }

    @Test func noneIsTheVeryPicture() {
        #expect(EdgeControls.none.apply(to: alpha).unsafeBase == alpha.unsafeBase)
    }

    @Test func levelsStretchAndKeepTheEndsExact() {
        let result = floats(EdgeControls(levels: (0.25, 0.75)).apply(to: alpha))
        for (before, after) in zip(floats(alpha), result) {
            #expect(abs(Double(after) - min(max((Double(before) - 0.25) / 0.5, 0), 1)) < 1e-6)
            if before <= 0.25 { #expect(after == 0) }
            if before >= 0.75 { #expect(after == 1) }
        }
    }

    @Test func theOrderIsLevelsErodeDilateFeather() {
        let all = EdgeControls(erode: 2, dilate: 1, feather: 1.5, levels: (0.1, 0.8))
        let byHand = EdgeControls(levels: (0.1, 0.8)).apply(to: alpha)
            .eroded(radius: 2).dilated(radius: 1).blurred(sigma: 1.5)
        #expect(floats(all.apply(to: alpha)) == floats(byHand))
    }

    @Test func shrinkingAndGrowing() {
        let square = TestPictures.make(21, 21) { _, x, y in (5...15).contains(x) && (5...15).contains(y) ? 1 : 0 }
        let sum = { (image: FloatImage) in self.floats(image).reduce(0, +) }
        #expect(sum(EdgeControls(erode: 1).apply(to: square)) == 81)
        #expect(sum(EdgeControls(dilate: 1).apply(to: square)) == 121 + 4 * 11)
        let half = sum(EdgeControls(erode: 0.5).apply(to: square))
        #expect(half > 81 && half < 121)
    }

    @Test func resultsStayInRange() {
        let all = EdgeControls(erode: 1, dilate: 3, feather: 2, levels: (0.2, 0.6))
        #expect(floats(all.apply(to: alpha)).allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: [
        EdgeControls(erode: -1), EdgeControls(dilate: 1000), EdgeControls(feather: .nan),
        EdgeControls(levels: (0.5, 0.5)), EdgeControls(levels: (-0.1, 1)), EdgeControls(levels: (0, 1.1)),
    ])
    func badValues(edges: EdgeControls) {
        #expect { try edges.validate() } throws: { ($0 as? MatteError)?.kind == .usage }
    }
}
