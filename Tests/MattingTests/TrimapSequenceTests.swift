import Frames
import Matting
import Pixels
import TestSupport
import Testing
import Trimaps

/// Trimaps on their way to the pictures they belong to.
struct TrimapSequenceTests {
    private let size = Size(width: 12, height: 9)

    private func picture(_ size: Size? = nil) -> Frame {
        TestPictures.random((size ?? self.size).width, (size ?? self.size).height, channels: 3, seed: 4).frame
    }

    private func greys(_ size: Size? = nil, _ code: (Int, Int) -> Int) -> Frame {
        TestPictures.frame(size ?? self.size, .gray()) { _, x, y in code(x, y) }
    }

    /// Left part black, middle 128, right part white.
    private func trimap(_ x: Int) -> Int { x < 4 ? 0 : x < 8 ? 128 : 255 }

    private func strokes(_ color: @escaping (Int, Int) -> Int?) -> Frame {
        TestPictures.frame(size, .rgba) { component, x, y in
            component == 3 ? (color(x, y) == nil ? 0 : 255) : color(x, y) ?? 99
        }
    }

    private func clip(_ name: String, _ frames: Frame..., isStill: Bool = true) -> TrimapClip {
        let source = FramesInMemory(frames)
        return TrimapClip(source, name: name, isStill: isStill)
    }

    private func matter(
        _ base: TrimapSequence.Base, strokes: TrimapClip? = nil, _ notices: Notices = Notices()
    ) -> TrimapMatter {
        TrimapMatter(TrimapSequence(base, strokes: strokes, notice: notices.add), algorithm: .closedForm)
    }

    private func alpha(_ matter: TrimapMatter, _ frame: Frame) throws -> FloatImage {
        try matter.matte(frame).dense(for: frame).alpha
    }

    @Test func onePictureServesForAllAndAClipGoesAlong() throws {
        let still = matter(.trimaps(clip("t.png", greys { x, _ in trimap(x) })))
        for _ in 0..<3 { #expect(try alpha(still, picture()).value(0, 11, 0) == 1) }
        let moving = matter(
            .trimaps(clip("t.mkv", greys { x, _ in trimap(x) }, greys { x, _ in trimap(11 - x) }, isStill: false)))
        #expect(try alpha(moving, picture()).value(0, 11, 0) == 1)
        #expect(try alpha(moving, picture()).value(0, 11, 0) == 0)
        #expect { try moving.matte(picture()) } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains("'t.mkv' ends after 2 pictures")
        }
    }

    @Test func strokesWinOverTheTrimap() throws {
        let drawn = clip("s.png", strokes { x, y in y == 0 ? (x < 6 ? 255 : 0) : nil })
        let alpha = try alpha(matter(.trimaps(clip("t.png", greys { x, _ in trimap(x) })), strokes: drawn), picture())
        #expect(alpha.value(0, 0, 0) == 1 && alpha.value(0, 11, 0) == 0)
        #expect(alpha.value(0, 0, 5) == 0 && alpha.value(0, 11, 5) == 1)
    }

    @Test func strokesAloneNeedBothColours() throws {
        let white = matter(.nothing, strokes: clip("s.png", strokes { x, _ in x < 2 ? 255 : nil }))
        #expect { try white.matte(picture()) } throws: { "\($0)".contains("'s.png' have no black") }
        let none = matter(.nothing, strokes: clip("s.png", strokes { _, _ in nil }))
        #expect { try none.matte(picture()) } throws: { "\($0)".contains("'s.png' have no white") }
        let both = matter(.nothing, strokes: clip("s.png", strokes { x, _ in x < 2 ? 255 : x > 9 ? 0 : nil }))
        #expect(try alpha(both, picture()).value(0, 0, 0) == 1)
        let opaque = matter(.nothing, strokes: clip("s.png", greys { _, _ in 0 }))
        #expect { try opaque.matte(picture()) } throws: { "\($0)".contains("no transparency") }
    }

    @Test func otherSizesAreScaledAndOtherShapesRefused() throws {
        let notices = Notices()
        let large = clip("t.png", greys(Size(width: 24, height: 18)) { x, _ in trimap(x / 2) })
        let scaled = matter(.trimaps(large), notices)
        for _ in 0..<2 { #expect(try alpha(scaled, picture()).value(0, 11, 0) == 1) }
        #expect(notices.all == ["'t.png' is 24×18 and the picture 12×9; it is scaled"])
        let other = matter(.trimaps(clip("t.png", greys(Size(width: 9, height: 12)) { _, _ in 0 })))
        #expect { try other.matte(picture()) } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains("another shape")
        }
    }

    @Test func whatIsOddIsSaidOnce() throws {
        let notices = Notices()
        let odd = matter(.trimaps(clip("t.png", greys { x, _ in x == 5 ? 100 : trimap(x) })), notices)
        for _ in 0..<3 { _ = try odd.matte(picture()) }
        #expect(notices.all.count == 1 && notices.all[0].contains("values other than 0, 128 and 255 (8.3 %"))
        let known = Notices()
        let whole = matter(.trimaps(clip("t.png", greys { x, _ in x < 6 ? 0 : 255 })), known)
        #expect(try alpha(whole, picture()).values.filter { $0 == 1 }.count == 54)
        #expect(known.all.count == 1 && known.all[0].contains("nothing unknown"))
        let empty = matter(.trimaps(clip("t.png", greys { _, _ in 128 })))
        #expect { try empty.matte(picture()) } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains("every pixel is unknown")
        }
    }

    @Test func aTrimapAroundAMask() throws {
        let mask = clip("m.png", greys { x, _ in x < 6 ? 0 : 255 })
        let alpha = try alpha(matter(.masks(mask, bandPixels: 2)), picture())
        #expect((0..<9).allSatisfy { alpha.value(0, 3, $0) == 0 && alpha.value(0, 8, $0) == 1 })
    }

    /// A network's own mask is settled with the first frames, and the files' trimaps are not used up by that.
    @Test func warmingUpTakesNoTrimaps() throws {
        let network = try TinyModel.recurrent().network()
        let drawn = clip(
            "s.mkv", strokes { x, _ in x < 2 ? 255 : 0 }, strokes { x, _ in x < 2 ? 0 : 255 }, isStill: false)
        let stage = MattingStage(
            network: matter(.network(network, bandPixels: 1), strokes: drawn), options: MattingOptions())
        var alphas: [FloatImage] = []
        for _ in 0..<2 { try stage.process(picture()) { alphas.append($0.alpha) } }
        try stage.finish { alphas.append($0.alpha) }
        #expect(alphas.map { $0.value(0, 0, 0) } == [1, 0] && alphas.map { $0.value(0, 5, 5) } == [0, 1])
    }
}
