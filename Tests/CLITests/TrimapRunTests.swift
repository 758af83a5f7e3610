import Foundation
import TestSupport
import Testing

/// `matte run` with trimaps and strokes.
struct TrimapRunTests {
    private static let thirds = "if(lt(X,W/3),0,if(lt(X,2*W/3),128,255))"

    /// Greys by a formula of X and Y.
    private static func greys(_ path: String, _ formula: String, size: String = "48x32", frames: Int = 1) throws {
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "color=black:size=\(size):rate=24,format=gray,geq=lum='\(formula)'",
            "-frames:v", "\(frames)", path,
        ])
    }

    private static func picture(_ path: String) throws {
        try FFmpegTool.run(["-f", "lavfi", "-i", "testsrc2=size=48x32", "-frames:v", "1", path])
    }

    /// Grey codes of a picture.
    private static func codes(_ path: String) throws -> [UInt8] {
        Array(
            try FFmpegTool.output(["-i", path, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-"]))
    }

    @Test(arguments: ["closed-form", "bayesian", "knn"]) func aTrimapNeedsNoNetwork(algorithm: String) throws {
        let folder = try TemporaryFolder()
        try Self.picture(folder.path("in.png"))
        try Self.greys(folder.path("t.png"), Self.thirds)
        let outcome = try MatteTool.run(
            [
                "run", folder.path("in.png"), "-o", folder.path("out.png"), "--layout", "alpha", "--trimap",
                folder.path("t.png"), "--algorithm", algorithm, "--stats", folder.path("stats.json"),
            ], environment: ["MATTE_MODELS_DIR": folder.path("none"), "MATTE_ONNXRUNTIME": folder.path("none")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let codes = try Self.codes(folder.path("out.png"))
        #expect(
            codes.prefix(48).prefix(16).allSatisfy { $0 == 0 } && codes.prefix(48).suffix(16).allSatisfy { $0 == 255 })
        #expect(try String(contentsOfFile: folder.path("stats.json"), encoding: .utf8).contains(algorithm))
    }

    @Test func strokesAreEnough() throws {
        let folder = try TemporaryFolder()
        try Self.picture(folder.path("in.png"))
        try FFmpegTool.run([
            "-f", "lavfi", "-i",
            "color=black:size=48x32,format=rgba,geq=r='if(lt(X,24),255,0)':g='if(lt(X,24),255,0)':b='if(lt(X,24),255,0)'"
                + ":a='if(lt(X,3)+gt(X,44),255,0)'", "-frames:v", "1", folder.path("s.png"),
        ])
        let outcome = try MatteTool.run([
            "run", folder.path("in.png"), "-o", folder.path("out.png"), "--layout", "alpha", "--strokes",
            folder.path("s.png"),
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let codes = try Self.codes(folder.path("out.png"))
        #expect(codes[0] == 255 && codes[47] == 0)
    }

    @Test func aClipOfTrimapsGoesWithTheClip() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 4, size: "48x32")
        // The known part moves: only from the second frame on does the left edge stay.
        try Self.greys(folder.path("t.mkv"), "if(lt(X,W/3),255*gt(N,1),if(lt(X,2*W/3),128,255))", frames: 4)
        func run(_ more: [String]) throws -> MatteTool.Outcome {
            try MatteTool.run(
                [
                    "run", folder.path("in.mp4"), "-o", folder.path("out.mkv"), "--layout", "alpha", "--codec", "ffv1",
                    "--overwrite", "--trimap", folder.path("t.mkv"),
                ] + more)
        }
        let whole = try run([])
        #expect(whole.status == 0, "\(whole.errors)")
        let codes = try Self.codes(folder.path("out.mkv"))
        #expect((0..<4).map { codes[$0 * 48 * 32] } == [0, 0, 255, 255])
        // A cut clip takes the trimaps of its own frames.
        let cut = try run(["--start", "0.08"])
        #expect(cut.status == 0, "\(cut.errors)")
        #expect(try Self.codes(folder.path("out.mkv")).first == 255)
        try FileManager.default.removeItem(atPath: folder.path("out.mkv"))
        try Self.greys(folder.path("t.mkv"), Self.thirds, frames: 2)
        let short = try run([])
        #expect(short.status == 65 && short.errors.contains("ends after 2 pictures"), "\(short.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("out.mkv")))
    }

    @Test func theModelsOwnMaskMakesTheTrimap() throws {
        let folder = try TemporaryFolder()
        try Self.picture(folder.path("in.png"))
        let outcome = try MatteTool.run([
            "run", folder.path("in.png"), "-o", folder.path("out.png"), "--trimap-from-mask", "--band", "3",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    static let wrong: [(arguments: [String], status: Int32, words: String)] = [
        (["--band", "3"], 64, "--trimap-from-mask"),
        (["--algorithm", "knn"], 64, "--algorithm knn needs a trimap"),
        (["--trimap", "t.png", "--algorithm", "magic"], 64, "closed-form"),
        (["--trimap", "none.png"], 66, "none.png"),
        (["--trimap", "-"], 64, "standard input"),
        (["--trimap", "tall.png"], 65, "'tall.png' is 32×48"),
        (["--trimap", "grey.png"], 65, "every pixel is unknown"),
        (["--strokes", "t.png"], 65, "no transparency"),
        (["--strokes", "tall.png"], 65, "another shape"),
        (["--trimap", "empty.png"], 65, "empty"),
        (["--trimap", "out.png", "--overwrite"], 64, "is an input"),
    ]

    @Test(arguments: wrong.indices) func whatIsWrongIsSaid(index: Int) throws {
        let (arguments, status, words) = Self.wrong[index]
        let folder = try TemporaryFolder()
        try Self.picture(folder.path("in.png"))
        try Self.greys(folder.path("t.png"), Self.thirds)
        try Self.greys(folder.path("tall.png"), Self.thirds, size: "32x48")
        try Self.greys(folder.path("grey.png"), "128")
        try Data().write(to: URL(fileURLWithPath: folder.path("empty.png")))
        let before = try TestClips.names(in: folder.path(""))
        let outcome = try MatteTool.run(["run", "in.png", "-o", "out.png"] + arguments, folder: folder.url)
        #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
        #expect(try TestClips.names(in: folder.path("")) == before)
    }

    @Test func whatIsOddIsSaidAndDone() throws {
        let folder = try TemporaryFolder()
        try Self.picture(folder.path("in.png"))
        try Self.greys(folder.path("large.png"), "if(lt(X,W/3),0,if(lt(X,2*W/3),99,255))", size: "96x64")
        let outcome = try MatteTool.run(
            ["run", "in.png", "-o", "out.png", "--trimap", "large.png"], folder: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("it is scaled") && outcome.errors.contains("values other than 0, 128 and 255"))
    }
}
