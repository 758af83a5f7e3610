import Frames
import TestSupport
import Testing

@testable import Trimaps

struct TrimapTests {
    private func greys(_ codes: [Int]) -> Frame {
        TestPictures.frame(Size(width: codes.count, height: 1), .gray()) { _, x, _ in codes[x] }
    }

    @Test func theNearestValueIsTaken() {
        let (trimap, share) = Trimap.reading(greys([0, 2, 63, 64, 127, 128, 129, 191, 192, 255]))
        #expect(
            trimap.labels.map(\.rawValue) == [0, 0, 0, 128, 128, 128, 128, 128, 255, 255])
        // 63, 64, 191 and 192.
        #expect(abs(share - 0.4) < 1e-9)
    }

    @Test func strokesKeepAndDrop() {
        // White, black, dark grey, white but nearly transparent.
        let codes = [(255, 255), (0, 255), (90, 200), (255, 100)]
        let frame = TestPictures.frame(Size(width: 4, height: 1), .rgba) { component, x, _ in
            component == 3 ? codes[x].1 : codes[x].0
        }
        #expect(Trimap.strokes(frame)?.labels == [.foreground, .background, .background, .unknown])
        #expect(Trimap.strokes(greys([0])) == nil)
    }

    @Test func aBandAroundAMask() {
        let mask = TestPictures.make(21, 9) { _, x, _ in x < 10 ? 0 : 1 }
        let trimap = Trimap.around(mask, band: 3)
        let row = trimap.labels[4 * 21..<5 * 21].map(\.rawValue)
        #expect(row.firstIndex(of: 128) == 7 && row.firstIndex(of: 255) == 13)
        // Soft parts of the mask are unknown even without a band.
        let soft = Trimap.around(TestPictures.make(3, 1) { _, x, _ in [0, 0.5, 1][x] }, band: 0)
        #expect(soft.labels == [.background, .unknown, .foreground])
    }

    @Test func resizingTakesTheNearest() {
        let trimap = Trimap(size: Size(width: 2, height: 1), labels: [.background, .foreground])
        #expect(
            trimap.resized(to: Size(width: 4, height: 2)).labels.map(\.rawValue) == [0, 0, 255, 255, 0, 0, 255, 255])
        #expect(trimap.resized(to: Size(width: 1, height: 1)).labels == [.foreground])
    }

    @Test func halvingKeepsThinStrokes() {
        let labels: [Trimap.Label] = [
            .unknown, .foreground, .unknown, .background, .foreground,
            .unknown, .unknown, .foreground, .unknown, .unknown,
        ]
        let half = Trimap(size: Size(width: 5, height: 2), labels: labels).halved()
        #expect(half.size == Size(width: 3, height: 1) && half.labels == [.foreground, .unknown, .foreground])
    }

    @Test func unknownPixelsInOrder() {
        let labels: [Trimap.Label] = [.foreground, .unknown, .unknown, .unknown, .background]
        #expect(Trimap(size: Size(width: 5, height: 1), labels: labels).fromTheKnownInwards() == [1, 3, 2])
        let none = Trimap(size: Size(width: 2, height: 2), labels: Array(repeating: .unknown, count: 4))
        #expect(none.fromTheKnownInwards().isEmpty)
    }
}
