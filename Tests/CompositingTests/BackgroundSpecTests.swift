import Compositing
import Frames
import Testing

@Suite struct BackgroundSpecTests {
    private func parse(_ text: String, files: [String] = []) throws -> BackgroundSpec {
        try BackgroundSpec(parsing: text) { files.contains($0) }
    }

    @Test("Words, colours and files are told apart")
    func kinds() throws {
        #expect(try parse("transparent") == .transparent)
        #expect(try parse("blur") == .blur(radius: nil))
        #expect(try parse("blur:12.5") == .blur(radius: 12.5))
        #expect(try parse("blur:0") == .blur(radius: 0))
        #expect(try parse("#78ff9B") == .color(.screenGreen))
        #expect(try parse("#fff") == .color(RGBColor(hex: 0xFFFFFF)))
        #expect(try parse("RebeccaPurple") == .color(RGBColor(hex: 0x663399)))
        #expect(try parse("lightgoldenrodyellow") == .color(RGBColor(hex: 0xFAFAD2)))
        #expect(try parse("beach.jpg", files: ["beach.jpg"]) == .file("beach.jpg"))
        #expect(try parse("#12345", files: ["#12345"]) == .file("#12345"))
        #expect(try parse("https://example.org/clip") == .file("https://example.org/clip"))
        #expect(try parse("frames/%05d.png") == .file("frames/%05d.png"))
    }

    @Test(
        "A misspelling is answered with the nearest name",
        arguments: [("bluue", "blue"), ("trnasparent", "transparent"), ("blurr", "blur"), ("GREY1", "grey")])
    func nearMiss(text: String, meant: String) {
        let error = #expect(throws: MatteError.self) { try parse(text) }
        #expect(error?.kind == .usage)
        #expect(error?.message.contains("'\(text)'") == true)
        #expect(error?.advice == "did you mean '\(meant)'?")
    }

    @Test(
        "What is no background is a usage error",
        arguments: [
            "#12345", "#", "#gggggg", "#1234567", "", "blur:", "blur:-1", "blur:nan", "blur:1e9", "qqqqqqqq", "#１２３",
        ])
    func refuses(text: String) {
        let error = #expect(throws: MatteError.self) { try parse(text) }
        #expect(error?.kind == .usage)
        #expect(error?.advice != nil)
    }

    @Test("A path that is not there is a missing input")
    func missingFile() {
        #expect(throws: MatteError.self) { try parse("beach.jpg") }
        let error = #expect(throws: MatteError.self) { try parse("pictures/beach") }
        #expect(error?.kind == .noInput)
    }

    @Test("Colours print as they were written")
    func printsColors() {
        #expect(RGBColor.screenGreen.description == "#78FF9B")
        #expect(RGBColor(css: "navy")?.description == "#000080")
        #expect(RGBColor(red: 2, green: -1, blue: 0.5).description == "#FF0080")
    }
}
