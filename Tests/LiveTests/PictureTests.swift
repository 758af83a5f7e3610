import Compositing
import FFmpeg
import Foundation
import Frames
import Plates
import TestSupport
import Testing

@testable import Live

struct PictureTests {
    private static let size = Size(width: 320, height: 180)

    private var target: RenderTarget {
        RenderTarget(
            size: Self.size, format: .yuv420(), color: ColorDescription().resolved(for: Self.size, format: .yuv420()),
            carriesAlpha: false)
    }

    private func card(_ spec: StandbySpec, over background: BackgroundSpec) throws -> (Frame, [String]) {
        let notices = Notices()
        let card = try StandbyCard(
            spec, behind: background, fit: .cover, target: target, notice: { notices.add($0) })
        return (card.saying(spec.text), notices.all)
    }

    @Test func theCardHasTheBackgroundAndWordsInTheMiddle() throws {
        let (plain, _) = try card(.init(text: ""), over: .color(RGBColor(hex: 0x204080)))
        let lumas = Set((0..<180).map { plain.code(0, 160, $0) })
        #expect(lumas.count == 1)
        let (written, notices) = try card(.init(), over: .color(RGBColor(hex: 0x204080)))
        try #require(notices.isEmpty, "\(notices)")
        #expect(written.size == plain.size && written.format == plain.format)
        let brightest = (0..<320).map { x in (70..<110).map { written.code(0, x, $0) }.max() ?? 0 }
        #expect(brightest.max() ?? 0 > 200, "there are no white letters")
        #expect(written.code(0, 2, 2) == plain.code(0, 2, 2))
    }

    @Test(arguments: ["it's 100% [fine], isn't: it; ok\\", "%{localtime}", "'", "\\", "ü→漢", "a\nb"])
    func anyWordsCanBeWritten(text: String) throws {
        let (_, notices) = try card(.init(text: text), over: .color(.black))
        #expect(notices.isEmpty, "\(notices)")
    }

    @Test func theRoomIsNeverTheCardsBackground() throws {
        let (overBlur, _) = try card(.init(text: ""), over: .blur(radius: nil))
        #expect(Set((0..<320).map { overBlur.code(0, $0, 90) }).count == 1)
        var spec = StandbySpec()
        #expect(throws: MatteError.self) { try spec.setBackground(parsing: "blur") }
        #expect(throws: MatteError.self) { try spec.setBackground(parsing: "transparent") }
        #expect(throws: MatteError.self) { try PreparedBackground(.transparent, fit: .cover, size: Self.size) { _ in } }
    }

    /// Nothing that is named while a show runs keeps the orders after it waiting.
    @Test func whatMayNeverOpenIsRefused() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path("pipe.png")
        #expect(mkfifo(pipe, 0o600) == 0)
        let server = try LocalServer { _ in nil }
        func failure(_ name: String) -> MatteError? {
            #expect(throws: MatteError.self) {
                try PreparedBackground(.file(name), fit: .cover, size: Self.size, patienceSeconds: 0.3) { _ in }
            }
        }
        #expect(failure(pipe)?.description == "'\(pipe)' is a pipe or a device, not a file; give a file")
        #expect(failure("/dev/zero")?.kind == .badInput)
        let address = "http://127.0.0.1:\(server.port)/p.png"
        #expect(
            failure(address)
                == MatteError(
                    .noInput, "the background '\(address)' does not open", advice: "check the address, or give a file"))
        #expect(throws: MatteError.self) { try LivePlate(opening: pipe, keep: .objects, notice: { _ in }) }
    }

    @Test func aPictureIsTheCardsBackgroundAndTheShows() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("p.png")
        try FFmpegTool.run(["-f", "lavfi", "-i", "color=0xC86428:s=64x36", "-frames:v", "1", path])
        let (card, _) = try card(.init(text: ""), over: .file(path))
        let (color, _) = try self.card(.init(text: ""), over: .color(RGBColor(hex: 0xC86428)))
        for component in 0..<3 {
            #expect(abs(card.code(component, 20, 20) - color.code(component, 20, 20)) <= 1)
        }
    }

    /// A picture whose columns tell where they were.
    private func ramp(_ size: Size, aspect: Rational = .unknown) -> Frame {
        var frame = TestPictures.frame(size, .yuv420()) { component, x, _ in
            component == 0 ? 16 + 200 * x / size.width : 128
        }
        frame.sampleAspectRatio = aspect
        return frame
    }

    @Test func aPictureOfTheOutputsSizeIsLeftAsItIs() throws {
        let frame = ramp(Self.size)
        let conformed = try PictureConformer(size: Self.size).conform(frame, mirrored: false)
        #expect(conformed.planes[0].base == frame.planes[0].base)
    }

    @Test func mirroringTurnsLeftToRight() throws {
        let conformer = PictureConformer(size: Self.size)
        let (frame, mirrored) = (ramp(Self.size), try conformer.conform(ramp(Self.size), mirrored: true))
        for x in [0, 17, 100, 319] { #expect(mirrored.code(0, x, 9) == frame.code(0, 319 - x, 9)) }
    }

    @Test(arguments: [Size(width: 640, height: 480), Size(width: 160, height: 90), Size(width: 176, height: 144)])
    func anotherShapeCoversTheOutputAndLosesItsMarginsEvenly(size: Size) throws {
        let conformed = try PictureConformer(size: Self.size).conform(ramp(size), mirrored: false)
        #expect(conformed.size == Self.size)
        // Width decides here, so all columns are there, in their order.
        #expect(abs(conformed.code(0, 0, 90) - 16) < 4)
        #expect(abs(conformed.code(0, 160, 90) - 116) < 4)
        #expect(abs(conformed.code(0, 319, 90) - 215) < 4)
    }

    @Test func wideCamerasLoseTheirSides() throws {
        let conformed = try PictureConformer(size: Self.size).conform(
            ramp(Size(width: 640, height: 180)), mirrored: false)
        #expect(abs(conformed.code(0, 0, 90) - 66) < 4)
        #expect(abs(conformed.code(0, 319, 90) - 166) < 4)
    }

    @Test func pixelsThatAreNoSquaresAreMadeSquare() throws {
        let conformed = try PictureConformer(size: Self.size).conform(
            ramp(Size(width: 160, height: 180), aspect: Rational(2, 1)), mirrored: false)
        #expect(conformed.size == Self.size)
        #expect(!conformed.sampleAspectRatio.isKnown)
        #expect(abs(conformed.code(0, 160, 90) - 116) < 4)
    }
}

extension StandbySpec {
    fileprivate init(text: String) {
        self.init()
        self.text = text
    }
}
