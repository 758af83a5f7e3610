import Foundation
import TestSupport
import Testing

/// What bad input gets: one line that names the file, the right status, and nothing written.
struct BadInputTests {
    /// Makes the bad input in `folder` and gives its path.
    struct Case: Sendable {
        let name: String
        let status: Int32
        let make: @Sendable (TemporaryFolder) throws -> String
    }

    static let inputs: [Case] = [
        Case(name: "missing", status: 66) { $0.path("none.mp4") },
        Case(name: "empty", status: 65) { try write(Data(), $0.path("empty.mp4")) },
        Case(name: "text", status: 65) { try write(Data("hello, this is no video".utf8), $0.path("text.mp4")) },
        Case(name: "truncated header", status: 65) { folder in
            let clip = folder.path("whole.mp4")
            try TestClips.clip(clip, frames: 4)
            let head = try Data(contentsOf: URL(fileURLWithPath: clip)).prefix(200)
            return try write(head, folder.path("head.mp4"))
        },
        Case(name: "audio only", status: 65) { folder in
            try FFmpegTool.run(["-f", "lavfi", "-i", "sine=440:duration=0.2", folder.path("sound.m4a")])
            return folder.path("sound.m4a")
        },
        Case(name: "folder without pictures", status: 65) { folder in
            try FileManager.default.createDirectory(
                atPath: folder.path("pictures"), withIntermediateDirectories: false)
            return folder.path("pictures")
        },
    ]

    private static func write(_ data: Data, _ path: String) throws -> String {
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test(arguments: inputs.indices)
    func aBadInputIsNamedAndNothingIsWritten(index: Int) throws {
        let item = Self.inputs[index]
        let folder = try TemporaryFolder()
        let input = try item.make(folder)
        let before = try TestClips.names(in: folder.path(""))
        let outcome = try MatteTool.run(["run", input, "-o", folder.path("out.mp4")])
        #expect(outcome.status == item.status, "\(item.name): \(outcome.errors)")
        #expect(outcome.errors.contains(input), "\(item.name): \(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(item.name): \(outcome.errors)")
        #expect(try TestClips.names(in: folder.path("")) == before)
    }

    @Test(arguments: ["1x1", "1x7", "3x2", "17x31", "65x1", "640x2"])
    func oddSizesWork(size: String) throws {
        let folder = try TemporaryFolder()
        let picture = folder.path("in.png")
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "testsrc2=size=640x480", "-vf",
            "scale=\(size.replacingOccurrences(of: "x", with: ":"))", "-frames:v", "1", picture,
        ])
        let outcome = try MatteTool.run(["run", picture, "-o", folder.path("out.png")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let probed = try TestClips.probe(folder.path("out.png"), "v:0", "stream=width,height,pix_fmt")
        #expect(probed == [size.replacingOccurrences(of: "x", with: ",").appending(",rgba")])
    }

    static let usage: [(arguments: [String], status: Int32, words: String)] = [
        (["--background", "#12345"], 64, "--background"),
        (["--background", "bluue"], 64, "did you mean 'blue'"),
        (["--codec", "h265x"], 64, "h265x"),
        (["--ratio", "0"], 64, "--ratio: '0' is not a number above 0 and at most 1"),
        (["--model", "no-such-model"], 64, "no-such-model"),
        (["--device", "abacus"], 64, "abacus"),
        (["--engine", "steam"], 64, "steam"),
        (["--preset", "nothing"], 64, "nothing"),
        (["--encoder-option", "nonsense=1"], 64, "nonsense"),
        (["--pixel-format", "yuv999"], 64, "yuv999"),
        (["--start", "5", "--end", "4"], 64, "--end"),
    ]

    @Test(arguments: usage.indices)
    func aBadOptionIsNamed(index: Int) throws {
        let (arguments, status, words) = Self.usage[index]
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        let outcome = try MatteTool.run(["run", folder.path("in.mp4"), "-o", folder.path("out.mp4")] + arguments)
        #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
        #expect(try TestClips.names(in: folder.path("")) == ["in.mp4"])
    }

    @Test func anExistingOutputIsKeptUnlessAskedFor() throws {
        let folder = try TemporaryFolder()
        let (clip, out) = (folder.path("in.mp4"), folder.path("out.mp4"))
        try TestClips.clip(clip, frames: 2)
        try Data("precious".utf8).write(to: URL(fileURLWithPath: out))
        let refused = try MatteTool.run(["run", clip, "-o", out])
        #expect(refused.status == 73)
        #expect(refused.errors.contains("--overwrite"))
        #expect(try String(contentsOfFile: out, encoding: .utf8) == "precious")
        #expect(try MatteTool.run(["run", clip, "-o", out, "--overwrite"]).status == 0)
        #expect(try TestClips.probe(out, "v:0", "stream=codec_name") == ["h264"])
        let same = try MatteTool.run(["run", clip, "-o", clip, "--overwrite"])
        #expect(same.status == 64)
    }

    @Test(arguments: [("none/out.mp4", 73), ("/proc/matte.mp4", 73), ("/dev/full", 64)] as [(String, Int32)])
    func aPlaceThatCannotBeWrittenIsNamed(path: String, status: Int32) throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        let out = path.hasPrefix("/") ? path : folder.path(path)
        let outcome = try MatteTool.run(["run", folder.path("in.mp4"), "-o", out])
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.contains(out), "\(outcome.errors)")
        #expect(try TestClips.names(in: folder.path("")) == ["in.mp4"])
    }

    @Test func statisticsNeverReplaceAClip() throws {
        let folder = try TemporaryFolder()
        let (clip, out) = (folder.path("in.mp4"), folder.path("out.mp4"))
        try TestClips.clip(clip, frames: 2)
        let before = try Data(contentsOf: URL(fileURLWithPath: clip))
        for stats in [clip, out] {
            let outcome = try MatteTool.run(["run", clip, "-o", out, "--stats", stats])
            #expect(outcome.status == 64, "\(outcome.errors)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: clip)) == before)
        #expect(try TestClips.names(in: folder.path("")) == ["in.mp4"])
    }

    @Test func aFolderWithADanglingLinkStillWorks() throws {
        let folder = try TemporaryFolder()
        let pictures = folder.path("pictures")
        try FileManager.default.createDirectory(atPath: pictures, withIntermediateDirectories: false)
        try FFmpegTool.run(["-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "2", pictures + "/%d.png"])
        try FileManager.default.createSymbolicLink(atPath: pictures + "/3.png", withDestinationPath: "/nowhere")
        let outcome = try MatteTool.run(["run", pictures, "-o", folder.path("out.mkv"), "--verify"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("3.png"), "\(outcome.errors)")
    }

    @Test func twoSequencesMayShareANewFolder() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        let out = folder.path("out")
        let outcome = try MatteTool.run([
            "run", folder.path("in.mp4"), "-o", out + "/c%d.png", "--output-alpha", out + "/a%d.png",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try TestClips.names(in: out) == ["a1.png", "a2.png", "c1.png", "c2.png"])
    }

    @Test(arguments: [("onnxruntime", "MATTE_ONNXRUNTIME"), ("openvino", "MATTE_OPENVINO")])
    func aMissingEngineSaysWhatToInstall(engine: String, variable: String) throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        let outcome = try MatteTool.run(
            ["run", folder.path("in.mp4"), "-o", folder.path("out.mp4"), "--engine", engine],
            environment: [variable: folder.path("nowhere")])
        #expect(outcome.status == 69, "\(outcome.errors)")
        #expect(outcome.errors.contains(variable))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    /// What was asked for and cannot be used is named, and the other engine does the work.
    @Test(arguments: [("MATTE_OPENVINO", "onnxruntime")])
    func anotherEngineTakesOver(variable: String, other: String) throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        let stats = folder.path("stats.json")
        let outcome = try MatteTool.run(
            ["run", folder.path("in.mp4"), "-o", folder.path("out.mp4"), "--stats", stats],
            environment: [variable: folder.path("nowhere")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains(variable) && outcome.errors.contains("\(other) does the work"))
        #expect(try String(contentsOfFile: stats, encoding: .utf8).contains("\"engine\" : \"\(other) "))
        let none = try MatteTool.run(
            ["run", folder.path("in.mp4"), "-o", folder.path("none.mp4")],
            environment: ["MATTE_OPENVINO": folder.path("nowhere"), "MATTE_ONNXRUNTIME": folder.path("nowhere")])
        #expect(none.status == 69, "\(none.errors)")
        #expect(none.errors.contains("MATTE_OPENVINO"))
    }

    @Test func aMissingModelSaysHowToPullIt() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        let outcome = try MatteTool.run(
            ["run", folder.path("in.mp4"), "-o", folder.path("out.mp4")],
            environment: ["MATTE_MODELS_DIR": folder.path("models")])
        #expect(outcome.status == 69, "\(outcome.errors)")
        #expect(outcome.errors.contains("matte models pull rvm-mobilenetv3"))
    }
}
