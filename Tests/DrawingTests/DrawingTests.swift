import Drawing
import Frames
import Pixels
import TestSupport
import Testing

struct DrawingTests {
    @Test func textIsDotsOnPaper() {
        let canvas = Canvas(size: Size(width: 12, height: 7))
        canvas.write("1T", x: 0, y: 0, .black, scale: 1)
        let rows = (0..<7).map { y in
            (0..<12).map { x in canvas.picture.value(0, x, y) < 0.5 ? "#" : "." }.joined()
        }
        #expect(
            rows == [
                "..#...#####.", ".##.....#...", "..#.....#...", "..#.....#...", "..#.....#...", "..#.....#...",
                ".###....#...",
            ])
    }

    @Test func everyLetterHasItsOwnShape() {
        var shapes: Set<[Float]> = []
        for code in UInt8(33)...126 {
            let canvas = Canvas(size: Size(width: 6, height: 7))
            canvas.write(String(UnicodeScalar(code)), x: 0, y: 0, scale: 1)
            #expect(shapes.insert(canvas.picture.values).inserted, "'\(UnicodeScalar(code))' looks like another letter")
        }
    }

    @Test func whatFallsOutsideIsCut() {
        let canvas = Canvas(size: Size(width: 4, height: 3))
        canvas.fill(Box(x: -5, y: -5, width: 100, height: 6), .black)
        canvas.draw(.filled(0.5, size: Size(width: 9, height: 9), channels: 1), x: 3, y: 2)
        canvas.line(from: (-100, -100), to: (-50, -50), .blue)
        canvas.write("far away", x: 1000, y: -1000)
        let red = (0..<3).map { y in (0..<4).map { canvas.picture.value(0, $0, y) } }
        #expect(red == [[0.1, 0.1, 0.1, 0.1], [1, 1, 1, 1], [1, 1, 1, 0.5]])
    }

    @Test func aLineCoversWhatItCrosses() {
        let canvas = Canvas(size: Size(width: 20, height: 20))
        canvas.line(from: (2, 10), to: (18, 10), .black, thickness: 4)
        #expect(canvas.picture.value(0, 10, 9) == 0.1)
        #expect(canvas.picture.value(0, 10, 4) == 1)
        #expect(canvas.picture.value(0, 10, 15) == 1)
        let area = canvas.picture.values.prefix(400).reduce(0) { $0 + (1 - $1) / 0.9 }
        // 16 × 4, and two half circles of radius 2; smooth edges add nothing on average.
        #expect(abs(area - 76.6) < 4, "\(area)")
    }

    @Test func aChartStaysInItsBoxAndShowsItsPeak() {
        let canvas = Canvas(size: Size(width: 400, height: 200))
        let box = Box(x: 20, y: 20, width: 360, height: 160)
        LineChart(title: "MAD", values: [1, 2, nil, 30, 2, 1], marks: [3]).draw(on: canvas, in: box)
        let picture = canvas.picture
        func isTouched(_ x: Int, _ y: Int) -> Bool { (0..<3).contains { picture.value($0, x, y) < 0.99 } }
        for x in 0..<400 {
            for y in 0..<200 where x < 20 || x >= 380 || y < 20 || y >= 180 { #expect(!isTouched(x, y)) }
        }
        // Vermilion is redder than it is blue; the mark lies above the middle, as the peak does.
        let marked = (0..<200).filter { y in
            (0..<400).contains { picture.value(0, $0, y) - picture.value(2, $0, y) > 0.5 }
        }
        #expect(marked.isEmpty == false && marked.allSatisfy { $0 < 100 }, "\(marked)")
    }

    @Test func aSheetHasRoomForItsRows() {
        let tall = FloatImage.filled(0, size: Size(width: 50, height: 100), channels: 1)
        let wide = FloatImage.filled(0.5, size: Size(width: 100, height: 50), channels: 3)
        let sheet = ContactSheet(
            titles: ["a", "b"], cell: Size(width: 80, height: 60),
            rows: [.init(caption: "one", pictures: [tall, wide]), .init(caption: "a long caption", pictures: [wide])])
        let picture = sheet.picture
        #expect(picture.size == sheet.size)
        #expect(picture.size.width == 12 + 2 * 92)
        // The tall one is 30 × 60, the wide ones 80 × 40.
        #expect(picture.values.prefix(picture.size.pixelCount).count { $0 == 0 } == 30 * 60)
        #expect(picture.values.prefix(picture.size.pixelCount).count { $0 == 0.5 } == 2 * 80 * 40)
        #expect(ContactSheet(cell: Size(width: 8, height: 8)).picture.size.pixelCount > 0)
    }
}
