import Foundation
import TestSupport
import Testing

/// The messages people get, word for word.
struct MessageTests {
    @Test func messagesReadAsRecorded() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        try Data("text".utf8).write(to: URL(fileURLWithPath: folder.path("text.mp4")))
        try Data().write(to: URL(fileURLWithPath: folder.path("empty.mp4")))
        try Data("taken".utf8).write(to: URL(fileURLWithPath: folder.path("taken.mp4")))
        try Data("fit: zoom\n".utf8).write(to: URL(fileURLWithPath: folder.path("bad.yaml")))
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
        let cases: [[String]] = [
            ["none.mp4", "-o", "out.mp4"], ["empty.mp4", "-o", "out.mp4"], ["text.mp4", "-o", "out.mp4"],
            ["folder", "-o", "out.mp4"], ["in.mp4", "-o", "taken.mp4"], ["in.mp4", "-o", "none/out.mp4"],
            ["in.mp4", "-o", "in.mp4"], ["in.mp4", "-o", "out.mp4", "--background", "bluue"],
            ["in.mp4", "-o", "out.mp4", "--background", "#12345"],
            ["in.mp4", "-o", "out.mp4", "--background", "none.jpg"], ["in.mp4", "-o", "out.xyz"],
            ["in.mp4", "-o", "out.mp4", "--codec", "h265x"], ["in.mp4", "-o", "out.mp4", "--codec", "prores"],
            ["in.mp4", "-o", "out.mp4", "--ratio", "2"], ["in.mp4", "-o", "out.mp4", "--preset", "bad.yaml"],
            ["in.mp4", "-o", "out.mp4", "--preset", "webm"], ["in.mp4", "-o", "out.mp4", "--model", "rvm"],
            ["in.mp4", "-o", "out.mp4", "--model", "modnet-webcam"], ["in.mp4", "-o", "out.mp4", "--device", "abacus"],
            ["in.mp4", "-o", "out.mp4", "--start", "100"], ["in.mp4", "-o", "out.mp4", "--output-alpha", "out.mp4"],
            ["in.mp4", "-o", "out.mp4", "--device", "cuda", "--require-device"],
        ]
        var text = ""
        for arguments in cases {
            let outcome = try MatteTool.run(
                ["run"] + arguments,
                environment: ["MATTE_MODELS_DIR": RealModel.folder, "HOME": folder.path("")], folder: folder.url)
            let words = outcome.errors.replacing(RealModel.folder, with: "MODELS")
            text += "matte run \(arguments.joined(separator: " "))\n\(words)(exit status \(outcome.status))\n\n"
        }
        Snapshot.expect(text, matches: "messages")
    }
}
