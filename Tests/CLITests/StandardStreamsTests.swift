import Foundation
import TestSupport
import Testing

/// Callers close the standard streams, fill them up, or stop listening.
struct StandardStreamsTests {
    /// Runs a line of bash, in which "$MATTE" is the program.
    private func shell(_ command: String, in folder: TemporaryFolder) throws -> MatteTool.Outcome {
        try MatteTool.run(
            ["-c", command], environment: ["MATTE": MatteTool.executable.path],
            folder: URL(fileURLWithPath: folder.path("")), program: "/bin/bash")
    }

    @Test(arguments: [
        "2>&-", "<&- >&- 2>&-", "2>/dev/full", "--json >/dev/full", "--json >&- 2>&-", "2> >(true)", "--json > >(true)",
    ])
    func nobodyListeningIsNoReasonToLoseTheClip(redirection: String) throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 3)
        let outcome = try shell("\"$MATTE\" run in.mp4 -o out.mp4 \(redirection)", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try TestClips.names(in: folder.path("")) == ["in.mp4", "out.mp4"])
        #expect(try TestClips.probe(folder.path("out.mp4"), "v:0", "stream=nb_frames") == ["3"])
    }

    @Test(arguments: ["models list", "presets list", "presets show prores4444", "--version", "run --help"])
    func listsSurviveAClosedPipe(command: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try shell("\"$MATTE\" \(command) >&-; true", in: folder)
        let isQuiet = !["Fatal", "Illegal", "No such file"].contains { outcome.errors.contains($0) }
        #expect(isQuiet, "\(outcome.errors)")
    }

    @Test func aMessageIsOneLineWhateverTheName() throws {
        let folder = try TemporaryFolder()
        let outcome = try MatteTool.run(["run", folder.path("two\nlines\u{1B}[31m.mp4"), "-o", folder.path("out.mp4")])
        #expect(outcome.status == 66)
        #expect(outcome.errors.contains("two\\nlines\\u{1B}[31m.mp4'"), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    @Test func aNameThatIsNoTextIsRefused() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2)
        let outcome = try shell("\"$MATTE\" run in.mp4 -o $'out\\xff.mp4'", in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("UTF-8"), "\(outcome.errors)")
        #expect(try TestClips.names(in: folder.path("")) == ["in.mp4"])
    }

    @Test func aNamedPipeIsWrittenStraightAway() throws {
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 3)
        let outcome = try shell(
            """
            mkfifo pipe.mkv && (timeout 60 cat pipe.mkv > got.mkv) & sleep 0.2
            "$MATTE" run in.mp4 -o pipe.mkv && wait
            """, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try TestClips.frameHashes(folder.path("got.mkv"), format: "gray").count == 3)
        let toOutput = try shell("\"$MATTE\" run in.mp4 -o - --output-format matroska > got2.mkv", in: folder)
        #expect(toOutput.status == 0, "\(toOutput.errors)")
        #expect(try TestClips.frameHashes(folder.path("got2.mkv"), format: "gray").count == 3)
    }
}
