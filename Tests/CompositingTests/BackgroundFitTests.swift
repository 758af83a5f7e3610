import Frames
import Pixels
import TestSupport
import Testing

@testable import Compositing

@Suite struct BackgroundFitTests {
    /// Four columns of their own value.
    private let columns = TestPictures.make(4, 2) { _, x, _ in Float(x + 1) / 4 }

    @Test("Cover cuts both sides of the longer axis")
    func cover() {
        let placed = BackgroundFit.cover.place(columns, in: Size(width: 2, height: 2))
        #expect(placed.values == [0.5, 0.75, 0.5, 0.75])
        let flat = TestPictures.make(5, 3) { _, _, _ in 0.25 }
        let large = BackgroundFit.cover.place(flat, in: Size(width: 9, height: 16))
        #expect(large.values.allSatisfy { abs($0 - 0.25) < 1e-6 })
    }

    @Test("Contain shows all, with black above and below")
    func contain() {
        let placed = BackgroundFit.contain.place(columns, in: Size(width: 4, height: 4))
        #expect(placed.values == [0, 0, 0, 0] + columns.values + [0, 0, 0, 0])
    }

    @Test("Stretch keeps nothing of the shape")
    func stretch() {
        let flat = TestPictures.make(5, 3, channels: 3) { channel, _, _ in Float(channel) / 4 }
        let placed = BackgroundFit.stretch.place(flat, in: Size(width: 3, height: 7))
        #expect(placed.size == Size(width: 3, height: 7))
        #expect(abs(placed.value(2, 1, 6) - 0.5) < 1e-6)
    }

    @Test("Tiles repeat at their own size")
    func tile() {
        let placed = BackgroundFit.tile.place(columns, in: Size(width: 6, height: 3))
        #expect(
            placed.values == [
                0.25, 0.5, 0.75, 1, 0.25, 0.5, 0.25, 0.5, 0.75, 1, 0.25, 0.5, 0.25, 0.5, 0.75, 1, 0.25, 0.5,
            ])
        #expect(BackgroundFit.tile.place(columns, in: Size(width: 1, height: 1)).values == [0.25])
    }

    @Test("Wide pixels count by their width")
    func anamorphic() {
        let square = TestPictures.make(4, 4) { _, _, _ in 1 }
        let placed = BackgroundFit.contain.place(square, in: Size(width: 8, height: 8), pixelAspect: 2)
        #expect((0..<8).map { placed.value(0, 3, $0) > 0.5 } == [false, false, true, true, true, true, false, false])
    }

    @Test("Extreme shapes need little memory and never fail", arguments: BackgroundFit.allCases)
    func extremes(fit: BackgroundFit) {
        for (width, height) in [(1, 1), (1, 3000), (3000, 1)] {
            let picture = TestPictures.make(width, height) { _, _, _ in 0.5 }
            for target in [Size(width: 16, height: 9), Size(width: 1, height: 1)] {
                #expect(fit.place(picture, in: target).size == target)
            }
        }
    }

    @Test("A picture's own transparent parts are black, and it is placed once per size")
    func pictureBackground() throws {
        let frame = TestPictures.frame(Size(width: 2, height: 1), .rgba) { component, x, _ in
            component == 3 ? (x == 0 ? 255 : 0) : 255
        }
        let background = PictureBackground(frame: frame, fit: .stretch)
        let alpha = TestPictures.make(2, 1) { _, _, _ in 0 }
        let matted = MattedFrames.flat([0, 0, 0], alpha: alpha)
        let first = try #require(background.layer(for: matted).shownPicture)
        #expect(first.values == [1, 0, 1, 0, 1, 0])
        let second = try #require(background.layer(for: matted).shownPicture)
        #expect(first.unsafeBase == second.unsafeBase)
        let larger = MattedFrames.flat([0, 0, 0], alpha: TestPictures.make(6, 5) { _, _, _ in 0 })
        #expect(background.layer(for: larger).shownPicture?.size == Size(width: 6, height: 5))
    }
}
