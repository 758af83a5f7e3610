import Foundation
import TestSupport
import Testing

/// `matte eval` on small mattes whose errors are known.
struct EvalTests {
    private struct Report: Decodable {
        struct Frame: Decodable {
            let number: Int
            let errors: [String: Double]
        }
        let mean: [String: Double]
        let frames: [Frame]
    }

    /// A grey clip of one code, or of FFmpeg's `geq` expression.
    private func matte(_ path: String, _ luma: String, frames: Int = 3, size: String = "40x30") throws {
        let codec = path.hasSuffix(".mkv") ? ["-c:v", "ffv1"] : []
        try FFmpegTool.run(
            [
                "-f", "lavfi", "-i", "color=black:size=\(size):rate=25,format=gray,geq=lum='\(luma)'", "-frames:v",
                "\(frames)",
            ] + codec + ["-pix_fmt", "gray", path])
    }

    private func eval(_ folder: TemporaryFolder, _ arguments: [String]) throws -> MatteTool.Outcome {
        try MatteTool.run(["eval"] + arguments, folder: folder.url)
    }

    private func report(_ outcome: MatteTool.Outcome) throws -> Report {
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    }

    @Test func knownErrorsAreFound() throws {
        let folder = try TemporaryFolder()
        // In the third frame a fifth of alpha is missing.
        try matte(folder.path("p.mkv"), "if(eq(N\\,2)\\,204\\,255)")
        try matte(folder.path("t.mkv"), "255")
        let report = try report(eval(folder, ["p.mkv", "t.mkv", "--json"]))
        #expect(report.frames.map(\.number) == [1, 2, 3])
        #expect(report.frames.map { $0.errors["mad"]?.rounded() } == [0, 0, 200])
        for (name, value) in ["mad": 200.0 / 3, "mse": 40.0 / 3, "sad": 0.24 / 3, "dtssd": 20.0 / 3, "conn": 0.24 / 3] {
            #expect(abs((report.mean[name] ?? -1) - value) < 1e-3 * value, "\(name) \(report.mean[name] ?? -1)")
        }
        #expect(report.mean["fgmse"] == nil)
    }

    @Test func wordsAndTablesSayTheSame() throws {
        let folder = try TemporaryFolder()
        try matte(folder.path("p.mkv"), "X*4")
        try matte(folder.path("t.mkv"), "Y*4")
        let report = try report(eval(folder, ["p.mkv", "t.mkv", "--json"]))
        let words = try eval(folder, ["p.mkv", "t.mkv"]).output
        let mad = String(format: "%.3f", report.mean["mad"] ?? 0)
        #expect(words.split(separator: "\n").contains { $0.hasPrefix("MAD") && $0.hasSuffix(mad) }, "\(words)")
        let lines = try eval(folder, ["p.mkv", "t.mkv", "--csv"]).output.split(separator: "\n")
        #expect(lines.first == "frame,seconds,mad,mse,grad,conn,dtssd,sad")
        #expect(lines.count == 4)
        #expect(lines[3].split(separator: ",")[2] == String(format: "%.6f", report.frames[2].errors["mad"] ?? 0))
    }

    @Test func foldersAlphaChannelsAndColoursAreCompared() throws {
        let folder = try TemporaryFolder()
        for (name, color) in [("p", "r=255:g=0:b=0"), ("t", "r=0:g=0:b=0")] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: false)
            try FFmpegTool.run([
                "-f", "lavfi", "-i", "color=black:size=20x10:rate=25,format=rgba,geq=\(color):a='X*10'", "-frames:v",
                "2", folder.path("\(name)/%02d.png"),
            ])
        }
        let report = try report(eval(folder, ["p", "t", "--json"]))
        #expect(report.mean["mad"] == 0)
        #expect(abs((report.mean["fgmse"] ?? 0) - 1000.0 / 3) < 0.01)
        // The same colours given as clips of their own, to mattes without any.
        try matte(folder.path("a.mkv"), "255", frames: 2, size: "20x10")
        let given = try self.report(
            eval(folder, ["a.mkv", "a.mkv", "--foreground", "p", "--true-foreground", "t", "--json"]))
        #expect(abs((given.mean["fgmse"] ?? 0) - 1000.0 / 3) < 0.01)
        #expect(try eval(folder, ["a.mkv", "a.mkv", "--foreground", "p"]).status == 64)
    }

    @Test func aTrimapRestrictsAndStrangeOnesAreSaid() throws {
        let folder = try TemporaryFolder()
        try matte(folder.path("p.mkv"), "if(lt(X\\,20)\\,0\\,255)")
        try matte(folder.path("t.mkv"), "255")
        try matte(folder.path("right.png"), "if(lt(X\\,20)\\,0\\,128)", frames: 1)
        try matte(folder.path("odd.png"), "if(lt(X\\,20)\\,100\\,255)", frames: 1)
        try matte(folder.path("known.png"), "255", frames: 1)
        let right = try report(eval(folder, ["p.mkv", "t.mkv", "--trimap", "right.png", "--json"]))
        #expect(right.mean["mad"] == 0)
        let odd = try eval(folder, ["p.mkv", "t.mkv", "--trimap", "odd.png", "--json"])
        #expect(try report(odd).mean["mad"] == 1000)
        #expect(odd.errors.contains("other values than 0, 128 and 255"))
        let known = try eval(folder, ["p.mkv", "t.mkv", "--trimap", "known.png"])
        #expect(known.status == 65)
        #expect(known.errors.contains("leaves no pixel to measure"), "\(known.errors)")
    }

    @Test func whatDoesNotGoTogetherIsSaid() throws {
        let folder = try TemporaryFolder()
        try matte(folder.path("three.mkv"), "255")
        try matte(folder.path("two.mkv"), "255", frames: 2)
        try matte(folder.path("small.mkv"), "255", size: "20x30")
        for name in ["a", "b"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: false)
        }
        try matte(folder.path("a/%02d.png"), "255")
        try matte(folder.path("b/%02d.png"), "255", frames: 2)
        for (arguments, words) in [
            (["two.mkv", "three.mkv"], "'two.mkv' ends after 2 frames, 'three.mkv' goes on; "),
            (["three.mkv", "small.mkv"], "frame 1 of 'three.mkv' is 40×30, that of 'small.mkv' 20×30"),
            (["a", "b"], "'a' holds 3 pictures and 'b' 2; 'b' has no '03'"),
        ] {
            let outcome = try eval(folder, arguments)
            #expect(outcome.status == 65, "\(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
        #expect(try eval(folder, ["two.mkv", "three.mkv", "--frames", "2"]).status == 0)
        #expect(try eval(folder, ["none.mkv", "three.mkv"]).status == 66)
        #expect(try eval(folder, ["a", "a", "--json", "--csv"]).status == 64)
    }

    @Test func aPlotIsAPictureAndIsNeverWrittenOver() throws {
        let folder = try TemporaryFolder()
        try matte(folder.path("p.mkv"), "X*4+N", frames: 6)
        try matte(folder.path("t.mkv"), "Y*4", frames: 6)
        let arguments = ["p.mkv", "t.mkv", "--plot", "plot.png"]
        #expect(try eval(folder, arguments).status == 0)
        let probe = try OutputProbe.stream(folder.path("plot.png"))
        #expect(Int(probe["height"] ?? "") ?? 0 > 600)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path("plot.png")))
        let again = try eval(folder, arguments)
        #expect(again.status == 73)
        #expect(again.output.isEmpty, "the name is looked at before the work")
        #expect(try eval(folder, arguments + ["--overwrite"]).status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("plot.png"))) == before)
        #expect(try eval(folder, ["p.mkv", "t.mkv", "--plot", "plot.mp4"]).status == 64)
        #expect(try TestClips.names(in: folder.path("")) == ["p.mkv", "plot.png", "t.mkv"])
    }
}
