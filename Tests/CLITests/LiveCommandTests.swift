import Foundation
import TestSupport
import Testing

/// `matte live` and `matte ctl` as a person uses them, with a clip for a camera and a file for an output.
@Suite(.timeLimit(.minutes(20)))
struct LiveCommandTests {
    private func clip(_ folder: TemporaryFolder, frames: Int = 60) throws -> String {
        try TestClips.clip(folder.path("in.mp4"), frames: frames, size: "96x64", rate: "30")
        return folder.path("in.mp4")
    }

    /// Asks until the show listens.
    private func ctl(_ arguments: [String], _ socket: String) throws -> MatteTool.Outcome {
        let deadline = Date().addingTimeInterval(60)
        while true {
            let outcome = try MatteTool.run(["ctl"] + arguments + ["--control", socket])
            if outcome.status != 69 || Date() > deadline { return outcome }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private func status(_ socket: String) throws -> [String: Any] {
        let outcome = try ctl(["status", "--json"], socket)
        return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any] ?? [:]
    }

    @Test func aClipThatIsOverLeavesACompleteFileAndFigures() throws {
        let folder = try TemporaryFolder()
        let outcome = try MatteTool.run([
            "live", "--camera", try clip(folder), "--realtime", "-o", folder.path("out.mkv"), "--background", "navy",
            "--stats", folder.path("stats.json"), "--control", "none", "--warm-up", "2", "--target-fps", "0",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try TestClips.probe(folder.path("out.mkv"), "v:0", "stream=width,height") == ["96,64"])
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("stats.json")))
        let stats = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(stats["model"] as? String == "rvm-mobilenetv3")
        #expect((stats["figures"] as? [String: Any])?["capturedFrames"] as? Int ?? 0 > 0)
    }

    /// A model that is given the room's picture shows nobody without it.
    @Test func aModelOfKindPlateNeedsTheRoom() throws {
        let folder = try TemporaryFolder()
        let model = folder.path("tiny.onnx")
        try Data(TinyOnnx.plate(gain: 8)).write(to: URL(fileURLWithPath: model))
        let digest = try MatteTool.run([model], program: "/usr/bin/sha256sum").output.prefix(64)
        let card = TinyOnnx.card(kind: "plate", sha256: digest, TinyOnnx.platePorts)
        try card.write(toFile: folder.path("tiny.yaml"), atomically: true, encoding: .utf8)
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "testsrc2=s=96x64", "-frames:v", "1", folder.path("room.png"),
        ])
        for plate in [["--plate", folder.path("room.png")], []] {
            let stats = folder.path("stats\(plate.count).json")
            let outcome = try MatteTool.run(
                [
                    "live", "--camera", try clip(folder), "--realtime", "-o", "null", "--model", model,
                    "--stats", stats, "--control", "none",
                ] + plate)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let data = try Data(contentsOf: URL(fileURLWithPath: stats))
            let told = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let shown = (told["figures"] as? [String: Any])?["shownFrames"] as? Int
            let problems = told["problems"] as? [String]
            if plate.isEmpty {
                #expect(shown == 0)
                #expect(problems?.first?.contains("needs a picture of the empty room") == true, "\(problems ?? [])")
            } else {
                #expect(shown ?? 0 > 0)
                #expect(problems == [])
            }
        }
    }

    @Test func aRunningShowObeys() throws {
        let folder = try TemporaryFolder()
        let socket = folder.path("s")
        let running = try MatteTool.start([
            "live", "--camera", try clip(folder), "--loop", "--realtime", "-o", "null", "--control", socket,
        ])
        #expect(try ctl(["background", "orange"], socket).status == 0)
        #expect(try ctl(["mirror", "on"], socket).status == 0)
        var told = try status(socket)
        #expect(told["background"] as? String == "#FFA500")
        #expect(told["isMirrored"] as? Bool == true)
        #expect(try ctl(["pause"], socket).status == 0)
        told = try status(socket)
        #expect(told["state"] as? String == "standby")
        #expect(told["reason"] as? String == "paused")
        #expect(try ctl(["resume"], socket).status == 0)
        #expect(try ctl(["preset", "id-photo-white"], socket).status == 0)
        #expect(try status(socket)["background"] as? String == "#FFFFFF")

        // What cannot be done is refused in words, and the show goes on as it was.
        let pipe = folder.path("pipe.png")
        #expect(mkfifo(pipe, 0o600) == 0)
        for (arguments, kind) in [
            (["background", pipe], 65), (["plate", pipe], 65), (["preset", pipe], 65),
            (["background", "/none/such.png"], 66), (["background", "transparent"], 64),
            (["background", "oragne"], 64),
            (["preset", "nope"], 64), (["mirror", "maybe"], 64), (["plate", "/none.png"], 66), (["plate", "auto"], 64),
        ] {
            let refusal = try ctl(arguments, socket)
            #expect(refusal.status == Int32(kind), "\(arguments): \(refusal.errors)")
            #expect(refusal.errors.split(separator: "\n").count == 1)
        }
        #expect(try status(socket)["background"] as? String == "#FFFFFF")
        kill(running.process.processIdentifier, SIGHUP)
        #expect(try ctl(["quit"], socket).status == 0)
        let outcome = running.wait()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: socket))
        #expect(try MatteTool.run(["ctl", "status", "--control", socket]).status == 69)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheShowAndCompletesTheFile(number: Int32) throws {
        let folder = try TemporaryFolder()
        let (socket, output) = (folder.path("s"), folder.path("out.mkv"))
        let running = try MatteTool.start([
            "live", "--camera", try clip(folder), "--loop", "--realtime", "-o", output, "--control", socket,
        ])
        _ = try status(socket)
        kill(running.process.processIdentifier, number)
        let outcome = running.wait()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try TestClips.probe(output, "v:0", "stream=width") == ["96"])
    }

    /// Before the program listens SIGHUP ends it, as it does any program; afterwards the preset is read again, be the
    /// show there already or not.
    @Test func aWishToReadThePresetAgainIsNotLost() throws {
        let seed: UInt64 = 11
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let input = try clip(folder)
        for round in 0..<8 {
            let words = folder.path("words\(round)")
            let running = try MatteTool.start(
                [
                    "-c", "exec \"$0\" \"$@\" 2>'\(words)'", MatteTool.executable.path, "live", "--camera", input,
                    "--loop",
                    "--realtime", "-o", "null", "--control", "none", "--preset", "id-photo-white",
                ], program: "/bin/sh")
            // The shell must not be taken for the program.
            let name = "/proc/\(running.process.processIdentifier)/comm"
            while try String(contentsOfFile: name, encoding: .utf8) != "matte\n" {
                Thread.sleep(forTimeInterval: 0.001)
            }
            Thread.sleep(forTimeInterval: Double.random(in: 0...0.6, using: &random))
            kill(running.process.processIdentifier, SIGHUP)
            let deadline = Date().addingTimeInterval(60)
            var isHeard = false
            while running.process.isRunning, !isHeard, Date() < deadline {
                Thread.sleep(forTimeInterval: 0.01)
                isHeard = try String(contentsOfFile: words, encoding: .utf8).contains("the preset was read again")
            }
            kill(running.process.processIdentifier, SIGTERM)
            let outcome = running.wait()
            #expect(isHeard || outcome.status == 128 + SIGHUP, "seed \(seed), round \(round): \(outcome.status)")
        }
    }

    @Test func badWordsAreRefusedAtTheStart() throws {
        let folder = try TemporaryFolder()
        let input = try clip(folder, frames: 4)
        let square = folder.path("square.png")
        try FFmpegTool.run(["-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", square])
        let long = folder.path(String(repeating: "x", count: 120))
        let cases: [(arguments: [String], status: Int32)] = [
            (["--camera", folder.path("none.mp4"), "-o", "null"], 66),
            (["--camera", "no such camera", "-o", "null"], 66),
            (["--camera", "/dev/video250", "-o", "null"], 66),
            (["--camera", input, "-o", "/dev/video250"], 66),
            (["--camera", input, "-o", "null", "--size", "641x360"], 64),
            (["--camera", input, "-o", "null", "--rate", "0"], 64),
            (["--camera", input, "-o", "null", "--target-fps", "999"], 64),
            (["--camera", input, "-o", "null", "--background", "transparent"], 64),
            (["--camera", input, "-o", "null", "--background", "/none.png"], 66),
            (["--camera", input, "-o", "null", "--standby", "blur"], 64),
            (["--camera", input, "-o", "null", "--on-demand"], 64),
            (["--camera", input, "-o", "null", "--model", "nope"], 64),
            (["--camera", input, "-o", "null", "--control", long], 64),
            (["--camera", input, "-o", "null", "--preview", "terminal"], 64),
            (["--camera", input, "-o", "null", "--preview", "sixel"], 64),
            (["--camera", input, "-o", "null", "--plate", "auto"], 64),
            (["--camera", input, "-o", "null", "--plate", "/none.png"], 66),
            (["--camera", input, "-o", "null", "--plate", square], 65),
            (["--camera", input, "-o", folder.path("no/out.mkv")], 73),
        ]
        for (arguments, status) in cases {
            let outcome = try MatteTool.run(["live"] + arguments, environment: ["XDG_RUNTIME_DIR": folder.path("")])
            #expect(outcome.status == status, "\(arguments): \(outcome.status) \(outcome.errors)")
            let lines = outcome.errors.split(separator: "\n").filter { !$0.contains("note:") }
            #expect(lines.count == 1, "\(arguments): \(outcome.errors)")
        }
    }
}
