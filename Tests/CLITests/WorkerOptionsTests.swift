import Foundation
import TestSupport
import Testing

/// What `matte bulk` tells its workers, and nobody else has to know of.
@Suite(.timeLimit(.minutes(20)))
struct WorkerOptionsTests {
    private let bench: BulkFolder

    init() throws { bench = try BulkFolder(clips: 1, frames: 20, size: "320x240") }

    private func run(_ output: String, _ more: [String]) throws -> MatteTool.Outcome {
        try MatteTool.run(
            [
                "run", bench.folder.path("in/clip 0.mp4"), "-o", bench.folder.path(output), "--model",
                bench.folder.path("tiny.onnx"), "--engine", "onnxruntime",
            ] + more)
    }

    /// As the run asks for it: its end would be that of standard input.
    private func decode(_ clip: String, as picture: String) throws {
        let line = bench.folder.path("lifeline")
        unlink(line)
        #expect(mkfifo(line, 0o600) == 0)
        let outcome = try MatteTool.run(
            [
                "-c", #""$0" thumbnail "$1" "$2" <> "$3""#, MatteTool.executable.path, bench.folder.path(clip),
                bench.folder.path(picture), line,
            ], program: "/bin/sh")
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: bench.folder.path(name)))
    }

    /// From what a lossless codec keeps, the picture is the same as from the frames themselves.
    @Test(arguments: [["--background", "blue"], ["--background", "transparent"]])
    func theWorkersPictureIsThatOfTheFile(background: [String]) throws {
        let outcome = try run(
            "out.mkv", ["--codec", "ffv1", "--thumbnail", bench.folder.path("own.jpg")] + background)
        #expect(outcome.status == 0, "\(outcome.errors)")
        try decode("out.mkv", as: "made.jpg")
        #expect(try bytes("own.jpg") == bytes("made.jpg"))
        #expect(try TestClips.probe(bench.folder.path("own.jpg"), "v:0", "stream=width,height") == ["160,120"])
        // The first one is shown only where there is no later one.
        try FFmpegTool.run(["-i", bench.folder.path("out.mkv"), "-frames:v", "1", bench.folder.path("first.mkv")])
        try decode("first.mkv", as: "first.jpg")
        #expect(try bytes("first.jpg") != bytes("own.jpg"))
    }

    @Test func rowsOnOneCoreAreTheSame() throws {
        for (name, more) in [("all.mkv", []), ("one.mkv", ["--one-core"])] {
            let outcome = try run(name, ["--codec", "ffv1", "--background", "blur"] + more)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let all = try TestClips.frameHashes(bench.folder.path("all.mkv"), format: "yuv420p")
        #expect(try TestClips.frameHashes(bench.folder.path("one.mkv"), format: "yuv420p") == all && all.count == 20)
    }

    @Test func helpDoesNotSpeakOfThem() throws {
        for command in ["run", "work"] {
            let help = try MatteTool.run([command, "--help"]).output
            for option in ["--findings", "--thumbnail", "--one-core"] { #expect(!help.contains(option)) }
        }
    }

    @Test func aPictureThatCannotBeWrittenFailsNothing() throws {
        let outcome = try run("out.mp4", ["--thumbnail", bench.folder.path("none/own.jpg")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try bytes("out.mp4").count > 0)
    }

    @Test func aClipThatFailsHasNone() throws {
        let outcome = try run("none/out.mp4", ["--thumbnail", bench.folder.path("own.jpg")])
        #expect(outcome.status == 73, "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path("own.jpg")))
    }
}
