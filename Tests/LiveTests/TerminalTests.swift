import Frames
import TestSupport
import Testing

@testable import Live

/// What `--preview` draws in a terminal.
struct TerminalTests {
    @Test func aTerminalPictureHasTheColoursOfTheFrame() throws {
        let frame = TestPictures.frame(Size(width: 64, height: 32), .rgb24, color: .sRGB) { component, _, y in
            (component == 0) == (y < 16) ? 255 : 0
        }
        let lines = try TerminalPicture().lines(of: frame, columns: 40, rows: 10)
        #expect(lines.count == 10)
        #expect(lines[0].contains("38;2;255;0;0m"))
        #expect(lines[9].contains("48;2;0;255;255m"))
        #expect(lines[0].count { $0 == "▀" } == 40)
    }

    @Test(arguments: [(256, 252, 4.0), (64, 64, 6.0), (16, 16, 12.0), (2, 8, 16.0)])
    func sixelsHaveTheColoursOfTheFrame(colors: Int, used: Int, tolerance: Double) throws {
        // Colours that no palette has: only their mean over some pixels is right.
        let size = Size(width: 96, height: 40)
        let frame = TestPictures.frame(size, .rgb24, color: .sRGB) { component, x, y in
            x < 48 ? [40, 100, 170][component] : [230, 60, 20][component]
        }
        let (text, drawn) = try SixelPicture(colors: colors).sequence(
            of: frame, within: Size(width: 96, height: 1000))
        #expect(drawn == size)
        let read = SixelReader(text)
        #expect(read.isWhole && read.size == size)
        #expect(read.registers.count == used)
        #expect(read.pixels[..<40].allSatisfy { !$0.contains(nil) }, "a pixel was left out")
        for (x, color) in [(8, [40, 100, 170]), (64, [230, 60, 20])] {
            for channel in 0..<3 {
                let wanted = Double(color[channel]) / 2.55
                #expect(abs(read.mean(channel, x: x, y: 8, side: 24) - wanted) < tolerance)
            }
        }
    }

    @Test func sixelsStayWithinTheRoom() throws {
        let frame = TestPictures.frame(Size(width: 1280, height: 720), .yuv420()) { component, _, _ in
            component == 0 ? 120 : 128
        }
        for (room, drawn) in [
            (Size(width: 480, height: 460), Size(width: 480, height: 270)),
            (Size(width: 800, height: 18), Size(width: 32, height: 18)),
            (Size(width: 1, height: 1), Size(width: 2, height: 2)),
        ] {
            #expect(try SixelPicture().sequence(of: frame, within: room).size == drawn)
        }
    }

    @Test func aTerminalTellsWhatItCanDraw() {
        let vt340 = TerminalGraphics(reply: "\u{1B}[?1;0;16S\u{1B}[6;15;9t\u{1B}[?63;1;2;4;6;22c")
        #expect(vt340?.hasSixels == true)
        #expect(vt340?.colors == 16)
        #expect(vt340?.cell == Size(width: 9, height: 15))
        // One that knows the last question only, with something that was typed meanwhile.
        let linux = TerminalGraphics(reply: "ls\r\u{1B}[?6c")
        #expect(linux == TerminalGraphics())
        #expect(TerminalGraphics(reply: "\u{1B}[?1;3;0S\u{1B}[?64;4c")?.colors == 256)
        #expect(TerminalGraphics(reply: "\u{1B}[6;0;0t\u{1B}[?64;4c")?.cell == Size(width: 10, height: 20))
        for unfinished in ["", "\u{1B}[?63;1;2", "\u{1B}[A", "c", "\u{1B}[?1;0;256S"] {
            #expect(TerminalGraphics(reply: unfinished) == nil)
        }
    }
}
