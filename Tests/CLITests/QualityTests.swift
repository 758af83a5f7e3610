import Foundation
import TestSupport
import Testing

/// `matte qc` on mattes with one fault each.
struct QualityTests {
    private struct Report: Decodable {
        struct Event: Decodable {
            let flag: String
            let firstFrame: Int
            let lastFrame: Int
        }
        let frameCount: Int
        let flaggedFrames: Int
        let events: [Event]
    }

    /// A disk; in frame 5 (from 0) `fault` adds or takes.
    private func clip(_ path: String, fault: String = "0") throws {
        let disk = "clip((44-hypot(X-80-2*N\\,Y-50))*90\\,0\\,255)"
        let luma = "clip(\(disk)+eq(N\\,5)*(\(fault))\\,0\\,255)"
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "color=black:size=192x108:rate=25,format=gray,geq=lum='\(luma)'", "-frames:v", "10",
            "-c:v", "ffv1", path,
        ])
    }

    @Test func faultsAreFoundAndACleanClipIsClean() throws {
        let folder = try TemporaryFolder()
        let faults = [
            ("clean", "0", []), ("flicker", "255*lt(hypot(X-170\\,Y-20)\\,12)", ["flicker"]),
            ("hole", "-255*lt(hypot(X-90\\,Y-50)\\,8)", ["flicker", "hole"]),
            ("border", "255*lt(X\\,40)*lt(abs(Y-50)\\,3)", ["border", "flicker"]),
        ]
        for (name, fault, flags) in faults {
            let path = folder.path("\(name).mkv")
            try clip(path, fault: fault)
            let outcome = try MatteTool.run(["qc", path, "--json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
            #expect(report.frameCount == 10)
            #expect(report.events.map(\.flag).sorted() == flags, "\(name): \(report.events)")
            #expect(report.events.allSatisfy { $0.firstFrame == 6 && $0.lastFrame == 6 }, "\(name)")
            #expect(report.flaggedFrames == (flags.isEmpty ? 0 : 1))
        }
    }

    @Test func aSheetShowsTheWorstAndTheStatusTells() throws {
        let folder = try TemporaryFolder()
        let (clean, faulty) = (folder.path("clean.mkv"), folder.path("faulty.mkv"))
        try clip(clean)
        try clip(faulty, fault: "255*lt(hypot(X-170\\,Y-20)\\,12)")
        let sheet = folder.path("sheet.png")
        let arguments = ["qc", faulty, "--source", clean, "--contact-sheet", sheet]
        let outcome = try MatteTool.run(arguments + ["--strict"])
        #expect(outcome.status == 65)
        #expect(outcome.output.contains("flicker  frame 6"), "\(outcome.output)")
        #expect(outcome.errors.contains("1 of 10 frames"))
        // Before, frame, change, source.
        #expect(try OutputProbe.stream(sheet)["width"] == "\(12 + 4 * 332)")
        #expect(try MatteTool.run(arguments).status == 73)
        let strict = try MatteTool.run(["qc", clean, "--strict", "--contact-sheet", folder.path("none.png")])
        #expect(strict.status == 0)
        #expect(strict.output == "0 of 10 frames flagged\n")
        #expect(FileManager.default.fileExists(atPath: folder.path("none.png")))
    }

    @Test func whatCannotBeJudgedIsSaid() throws {
        let folder = try TemporaryFolder()
        try clip(folder.path("clip.mkv"))
        try FFmpegTool.run([
            "-i", folder.path("clip.mkv"), "-frames:v", "4", "-c", "copy", folder.path("short.mkv"),
        ])
        try Data("words".utf8).write(to: URL(fileURLWithPath: folder.path("text.mkv")))
        for (arguments, status, words) in [
            (["none.mkv"], 66, "there is no 'none.mkv'"), (["text.mkv"], 65, "'text.mkv'"),
            (["clip.mkv", "--source", "short.mkv"], 65, "'short.mkv' ends after 4 frames"),
            (["-", "--contact-sheet", "a.png"], 64, "cannot be read twice"),
        ] as [([String], Int32, String)] {
            let outcome = try MatteTool.run(["qc"] + arguments, folder: folder.url)
            #expect(outcome.status == status, "\(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
    }

    @Test func aGreyCompositeIsNoMatte() throws {
        let folder = try TemporaryFolder()
        // A room in greys; and a matte of a large soft thing, which is black or white in most places.
        for (name, luma) in [("room", "60+90*sin(X/20)*cos(Y/9)+60"), ("soft", "clip(3*X-96\\,0\\,255)")] {
            try FFmpegTool.run([
                "-f", "lavfi", "-i", "color=black:size=192x108:rate=25,format=gray,geq=lum='\(luma)'", "-frames:v", "4",
                "-c:v", "ffv1", folder.path("\(name).mkv"),
            ])
        }
        let room = try MatteTool.run(
            ["qc", "room.mkv", "--json", "--contact-sheet", "sheet.png"], folder: folder.url)
        #expect(room.status == 65 && room.errors.contains("so it shows no mattes"), "\(room.errors)")
        #expect(room.output.isEmpty && !FileManager.default.fileExists(atPath: folder.path("sheet.png")))
        let soft = try MatteTool.run(["qc", "soft.mkv"], folder: folder.url)
        #expect(soft.status == 0, "\(soft.errors)")
    }

    /// A clip in colour is no matte; grey kept in colour, and one that is transparent only later, are.
    @Test func aPictureInColorIsNoMatte() throws {
        let folder = try TemporaryFolder()
        let opaque = ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "3"]
        try FFmpegTool.run(opaque + ["-c:v", "libx264", "-pix_fmt", "yuv420p", folder.path("composite.mp4")])
        try FFmpegTool.run(opaque + ["-c:v", "ffv1", "-pix_fmt", "bgra", folder.path("opaque.mkv")])
        try FFmpegTool.run(
            opaque + [
                "-vf", "format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*(1-gte(N,2)*lt(X,20))'", "-c:v", "ffv1",
                folder.path("later.mkv"),
            ])
        try clip(folder.path("grey.mkv"))
        try FFmpegTool.run([
            "-i", folder.path("grey.mkv"), "-c:v", "libx264", "-pix_fmt", "yuv420p", folder.path("grey.mp4"),
        ])
        for name in ["composite.mp4", "opaque.mkv"] {
            for arguments in [["qc", name], ["eval", name, "grey.mkv", "--frames", "3"]] {
                let outcome = try MatteTool.run(arguments, folder: folder.url)
                #expect(outcome.status == 65, "\(arguments): \(outcome.errors)")
                #expect(outcome.errors.contains("--layout alpha") || arguments[0] == "eval", "\(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
        }
        for name in ["later.mkv", "grey.mp4"] {
            let outcome = try MatteTool.run(["qc", name], folder: folder.url)
            #expect(outcome.status == 0, "\(name): \(outcome.errors)")
        }
    }
}
