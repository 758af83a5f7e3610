import Foundation
import TestSupport
import Testing

/// `matte models check`.
struct ModelsCheckTests {
    private func card(_ folder: TemporaryFolder, more: String = "", sha256: String? = nil) throws {
        let bytes = Data(TinyOnnx.saliency(side: 32))
        try bytes.write(to: URL(fileURLWithPath: folder.path("mine.onnx")))
        let digest =
            try sha256
            ?? MatteTool.run([folder.path("mine.onnx")], program: "/usr/bin/sha256sum").output.prefix(64).description
        let yaml = """
            name: mine
            title: My network
            kind: saliency
            sha256: \(digest)
            licence: MIT
            commercial-use: yes
            \(more)
            """
        try yaml.write(toFile: folder.path("mine.yaml"), atomically: true, encoding: .utf8)
    }

    @Test func aCardThatFitsGetsAPicture() throws {
        let folder = try TemporaryFolder()
        try card(folder)
        let outcome = try MatteTool.run(["models", "check", "mine.yaml"], folder: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("input    input.1: float32 [1, 3, 32, 32]"))
        #expect(outcome.output.contains("ok       the picture goes into 'input.1', alpha comes out of 'd0'"))
        #expect(outcome.output.contains("picture  mine-check.png"))
        #expect(try TestClips.probe(folder.path("mine-check.png"), "v:0", "stream=width,height") == ["1920,360"])
        let again = try MatteTool.run(["models", "check", "mine.yaml"], folder: folder.url)
        #expect(again.status == 73 && again.errors.contains("mine-check.png"), "\(again.errors)")
        try FFmpegTool.run(["-f", "lavfi", "-i", "testsrc2=size=60x40", "-frames:v", "1", folder.path("p.png")])
        let own = try MatteTool.run(
            ["models", "check", "mine.yaml", "--picture", "p.png", "-o", "own.png"], folder: folder.url)
        #expect(own.status == 0, "\(own.errors)")
        #expect(try TestClips.probe(folder.path("own.png"), "v:0", "stream=width,height") == ["180,40"])
    }

    /// As one writes it: `models add` will put the SHA-256 in.
    @Test func aNewCardNeedsNoHash() throws {
        let folder = try TemporaryFolder()
        try card(folder, sha256: "")
        let yaml = try String(contentsOfFile: folder.path("mine.yaml"), encoding: .utf8)
        try yaml.replacing("sha256: \n", with: "").write(
            toFile: folder.path("mine.yaml"), atomically: true, encoding: .utf8)
        let outcome = try MatteTool.run(["models", "check", "mine.yaml"], folder: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func aCardThatDoesNotFitIsNamed() throws {
        let folder = try TemporaryFolder()
        try card(folder, more: "inputs: { picture: src }")
        let outcome = try MatteTool.run(["models", "check", "mine.yaml"], folder: folder.url)
        #expect(outcome.status == 65 && outcome.output.contains("wrong    model mine does not fit its card"))
        #expect(outcome.output.contains("'src' (there are input.1)"), "\(outcome.output)")
        #expect(try TestClips.names(in: folder.path("")) == ["mine.onnx", "mine.yaml"])
    }

    @Test func anotherFileIsNotLoaded() throws {
        let folder = try TemporaryFolder()
        try card(folder, sha256: String(repeating: "0", count: 64))
        let outcome = try MatteTool.run(["models", "check", "mine.yaml"], folder: folder.url)
        #expect(outcome.status == 65 && outcome.errors.contains("SHA-256"), "\(outcome.errors)")
        let missing = try MatteTool.run(["models", "check", "none.yaml"], folder: folder.url)
        #expect(missing.status == 66, "\(missing.errors)")
        try FileManager.default.removeItem(atPath: folder.path("mine.onnx"))
        let fileless = try MatteTool.run(["models", "check", "mine.yaml"], folder: folder.url)
        #expect(fileless.status == 69 && fileless.errors.contains("mine.onnx"), "\(fileless.errors)")
    }
}
