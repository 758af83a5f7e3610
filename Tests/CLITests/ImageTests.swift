import Foundation
import TestSupport
import Testing

/// `matte image` on small pictures.
struct ImageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func picture(_ name: String, size: String = "96x64", format: String? = nil) throws {
        try FFmpegTool.run(
            ["-f", "lavfi", "-i", "testsrc2=size=\(size)", "-frames:v", "1"] + (format.map { ["-pix_fmt", $0] } ?? [])
                + [folder.path(name)])
    }

    private func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: false)
    }

    private func image(_ arguments: [String]) throws -> MatteTool.Outcome {
        try MatteTool.run(["image"] + arguments, folder: folder.url)
    }

    private func names(_ name: String) throws -> [String] { try TestClips.names(in: folder.path(name)) }

    @Test func aFolderKeepsNamesAndKinds() throws {
        try makeFolder("in")
        for name in ["a.jpg", "b.png", "c.webp", "d.tiff"] { try picture("in/\(name)") }
        try Data("words".utf8).write(to: URL(fileURLWithPath: folder.path("in/notes.txt")))
        let clear = try image(["in", "-o", "clear"])
        #expect(clear.status == 0, "\(clear.errors)")
        #expect(try names("clear") == ["a.png", "b.png", "c.webp", "d.tiff"])
        let blue = try image(["in", "-o", "blue/", "--background", "#438EDB"])
        #expect(blue.status == 0, "\(blue.errors)")
        #expect(try names("blue") == ["a.jpg", "b.png", "c.webp", "d.tiff"])
        #expect(try OutputProbe.stream(folder.path("blue/b.png"))["pix_fmt"] == "rgb24")
        let all = try image(["in", "-o", "all", "--format", "jpg", "--output-alpha", "alphas"])
        #expect(all.status == 0, "\(all.errors)")
        #expect(try names("all") == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"])
        #expect(try names("alphas") == ["a.png", "b.png", "c.png", "d.png"])
    }

    @Test func aMovingBackgroundIsNamed() throws {
        try picture("a.png")
        try FFmpegTool.run(
            ["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=5", "-frames:v", "3", folder.path("moves.gif")])
        let outcome = try image(["a.png", "-o", "out.png", "--background", "moves.gif"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("'moves.gif' moves; its first picture"), "\(outcome.errors)")
    }

    @Test func aFailureIsNamedAndTheOthersAreWritten() throws {
        for name in ["a.png", "b.png"] { try picture(name) }
        try Data([0x89, 0x50, 0x4E, 0x47]).write(to: URL(fileURLWithPath: folder.path("bad.png")))
        let outcome = try image(["a.png", "bad.png", "b.png", "-o", "out", "--json"])
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("'bad.png'") && outcome.errors.contains("1 of 3 pictures failed"))
        #expect(try names("out") == ["a.png", "b.png"])
        struct Line: Decodable {
            struct Picture: Decodable {
                let input: String
                let status: Int
            }
            let picture: Picture?
        }
        let lines = try outcome.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.compactMap(\.picture?.input) == ["a.png", "bad.png", "b.png"])
        #expect(lines.compactMap(\.picture?.status) == [0, 65, 0])
        let missing = try image(["a.png", "none.png", "-o", "other"])
        #expect(missing.status == 66)
        #expect(try names("other") == ["a.png"])
    }

    @Test func nothingIsWrittenOver() throws {
        try picture("a.png")
        try picture("b.png")
        #expect(try image(["a.png", "-o", "out"]).status == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path("out/a.png")))
        let again = try image(["a.png", "b.png", "-o", "out", "--background", "red"])
        #expect(again.status == 73)
        #expect(again.errors.contains("'out/a.png' exists already"), "\(again.errors)")
        #expect(try names("out") == ["a.png", "b.png"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("out/a.png"))) == before)
        #expect(try image(["a.png", "-o", "out", "--background", "red", "--overwrite"]).status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("out/a.png"))) != before)
    }

    @Test func namesThatDoNotGoTogetherAreSaidBeforeTheWork() throws {
        try picture("a.png")
        try picture("a.jpg")
        try makeFolder("empty")
        let cases: [([String], Int32, String)] = [
            (["a.png", "a.jpg", "-o", "out"], 64, "would both be written to 'out/a.png'"),
            (["a.png", "a.jpg", "-o", "out.png"], 64, "is one picture, and there are 2"),
            (["a.png", "-o", "out.bmp"], 64, "is no picture that can be written"),
            (["a.png", "-o", "."], 64, "is the input"), (["a.png", "-o", "a.png", "--overwrite"], 64, "is the input"),
            (["empty", "-o", "out"], 65, "holds no pictures"), (["a.png", "-o", "no/out"], 73, "cannot be made"),
            (["a.png", "-o", "out", "--format", "gif"], 64, "is not one of png, jpeg, webp, tiff"),
            (["-", "-o", "out"], 64, "standard input"), (["none.png", "-o", "out"], 66, "there is no 'none.png'"),
            (["a.png", "-o", "out", "--model", "none"], 64, "unknown model"),
            (["a.png", "-o", "out", "--contact-sheet", "out/a.png"], 64, "is an input or an output"),
        ]
        for (arguments, status, words) in cases {
            let outcome = try image(arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
        }
        #expect(try names("") == ["a.jpg", "a.png", "empty"])
    }

    /// Greys from left to right: 0, 128 and 255, or the other way round.
    private func trimap(_ name: String, isReversed: Bool = false) throws {
        let (left, right) = isReversed ? (255, 0) : (0, 255)
        try FFmpegTool.run([
            "-f", "lavfi", "-i",
            "color=black:size=96x64,format=gray,geq=lum='if(lt(X,W/3),\(left),if(lt(X,2*W/3),128,\(right)))'",
            "-frames:v", "1", folder.path(name),
        ])
    }

    /// The first and the last grey of a picture's first row.
    private func ends(_ name: String) throws -> [UInt8] {
        let codes = Array(
            try FFmpegTool.output(["-i", folder.path(name), "-f", "rawvideo", "-pix_fmt", "gray", "-"]))
        return [codes[0], codes[95]]
    }

    @Test func trimapsAndStrokesGoByName() throws {
        for name in ["in", "maps", "strokes"] { try makeFolder(name) }
        for name in ["a.jpg", "b.png", "c.png"] { try picture("in/\(name)") }
        try trimap("maps/a.png")
        try trimap("maps/b.tiff", isReversed: true)
        let one = try image(["in/a.jpg", "in/b.png", "-o", "one", "--layout", "alpha", "--trimap", "maps/a.png"])
        #expect(one.status == 0, "\(one.errors)")
        #expect(try ends("one/a.png") == [0, 255] && ends("one/b.png") == [0, 255])
        let own = try image(["in", "-o", "own", "--layout", "alpha", "--trimap", "maps"])
        #expect(own.status == 66 && own.errors.contains("has no trimap for 'in/c.png'"), "\(own.errors)")
        #expect(try names("own") == ["a.png", "b.png"])
        #expect(try ends("own/a.png") == [0, 255] && ends("own/b.png") == [255, 0])
        try FFmpegTool.run([
            "-f", "lavfi", "-i",
            "color=black:size=96x64,format=rgba,geq=r='if(lt(X,48),255,0)':g='if(lt(X,48),255,0)':b='if(lt(X,48),255,0)'"
                + ":a='if(lt(X,3)+gt(X,92),255,0)'", "-frames:v", "1", folder.path("strokes/c.png"),
        ])
        let drawn = try image(["in/c.png", "-o", "drawn.png", "--layout", "alpha", "--strokes", "strokes"])
        #expect(drawn.status == 0, "\(drawn.errors)")
        #expect(try ends("drawn.png") == [255, 0])
        try trimap("maps/a.tiff")
        let both = try image(["in/a.jpg", "-o", "both.png", "--trimap", "maps"])
        #expect(both.status == 65 && both.errors.contains("has 2 trimap files"), "\(both.errors)")
        let over = try image(["in/a.jpg", "-o", "maps/a.png", "--trimap", "maps/a.png", "--overwrite"])
        #expect(over.status == 64 && over.errors.contains("is an input"), "\(over.errors)")
    }

    @Test func depthIsKept() throws {
        try picture("deep.png", format: "rgb48be")
        for (output, format) in [("a.png", "rgba64be"), ("a.tiff", "rgba64le")] {
            #expect(try image(["deep.png", "-o", output]).status == 0)
            #expect(try OutputProbe.stream(folder.path(output))["pix_fmt"] == format)
        }
        let shallow = try image(["deep.png", "-o", "a.jpg", "--background", "white"])
        #expect(shallow.status == 0 && shallow.errors.contains("keeps 8 of 16 bits"), "\(shallow.errors)")
    }

    @Test func orientationAndProfileReachTheResult() throws {
        try PillowPictures.tagged(folder.path("turned.tif"), orientation: 6)
        let outcome = try image(["turned.tif", "-o", "out.webp", "--output-alpha", "alpha.png"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        try ReferencePython.run(
            """
            import sys
            from PIL import Image
            one, two, source = (Image.open(path) for path in sys.argv[1:])
            assert one.size == two.size == (24, 40), "upright"
            assert one.getexif().get(274, 1) == 1, "not turned twice"
            assert one.info["icc_profile"] == source.info["icc_profile"], "profile"
            assert two.mode == "L" and not two.info.get("icc_profile"), "a matte has no colours"
            """, ["out.webp", "alpha.png", "turned.tif"].map(folder.path))
    }

    @Test func aPresetIsTakenAndASheetDrawn() throws {
        for name in ["a.png", "b.png"] { try picture(name) }
        try Data("broken".utf8).write(to: URL(fileURLWithPath: folder.path("c.png")))
        let outcome = try image([
            "a.png", "b.png", "c.png", "-o", "out", "--preset", "id-photo-white", "--contact-sheet", "sheet.png",
        ])
        #expect(outcome.status == 65)
        #expect(try OutputProbe.stream(folder.path("out/a.png"))["pix_fmt"] == "rgb24")
        let sheet = try OutputProbe.stream(folder.path("sheet.png"))
        // Four cells and their gaps; two rows.
        #expect(sheet["width"] == "\(12 + 4 * 292)")
        #expect(Int(sheet["height"] ?? "") ?? 0 > 2 * 180)
    }

    /// Each picture is matted as if it were alone, although they share the network.
    @Test func noPictureKnowsOfTheOthers() throws {
        for (name, size) in [("a.png", "96x64"), ("b.png", "96x64"), ("c.png", "64x96")] {
            try picture(name, size: size)
        }
        #expect(try image(["a.png", "b.png", "c.png", "-o", "all", "--layout", "alpha"]).status == 0)
        #expect(try image(["c.png", "-o", "c-alone.png", "--layout", "alpha"]).status == 0)
        let alone = try Data(contentsOf: URL(fileURLWithPath: folder.path("c-alone.png")))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("all/c.png"))) == alone)
    }
}
