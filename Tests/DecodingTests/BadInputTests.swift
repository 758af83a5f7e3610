import Decoding
import FFmpeg
import Foundation
import Frames
import Glibc
import TestSupport
import Testing

/// What cannot be read is refused in one sentence that names it, with the right status.
@Suite struct BadInputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ name: String, _ data: Data) throws -> String {
        try data.write(to: URL(fileURLWithPath: folder.path(name)))
        return folder.path(name)
    }

    private func expect(_ kind: MatteError.Kind, _ path: String, _ words: String = "") {
        let error = matteError { _ = try ClipDecoder(path: path) }
        #expect(error?.kind == kind, "\(path): \(error.map { "\($0)" } ?? "no error")")
        #expect(error?.message.contains("'\(path)'") == true, "\(error.map { "\($0)" } ?? "no error")")
        #expect(error?.advice != nil)
        if !words.isEmpty { #expect(error?.message.contains(words) == true, "\(error.map { "\($0)" } ?? "no error")") }
        #expect(error?.message.contains("\n") != true)
    }

    @Test func missing() {
        expect(.noInput, folder.path("none.mp4"), "there is no")
        expect(.noInput, folder.path("none/%05d.png"), "no picture matches")
        expect(.noInput, "", "there is no")
        expect(.noInput, folder.path("a") + "\u{0}b.mp4")
    }

    @Test func empty() throws {
        try expect(.badInput, file("empty.mp4", Data()), "is empty")
        expect(.badInput, folder.path(""), "holds no pictures")
    }

    @Test(arguments: ["a.txt", "a.mp4", "a.png", "a.jpg", "a.mkv", "a.gif", "a.tga", "none"])
    func text(_ name: String) throws {
        let poem = String(repeating: "The quick brown fox jumps over the lazy dog.\n", count: 50)
        try expect(.badInput, file(name, Data(poem.utf8)))
    }

    @Test(arguments: ["zeros.mp4", "zeros.ts", "zeros.mkv", "zeros.mpg"])
    func zeros(_ name: String) throws {
        try expect(.badInput, file(name, Data(count: 100_000)))
    }

    @Test(arguments: ["a.mp4", "a.mkv", "a.avi", "a.png", "a.jpg", "a.webp"])
    func truncatedHeaders(_ name: String) throws {
        let isPicture = ["png", "jpg", "webp"].contains(name.suffix(3)) || name.hasSuffix("webp")
        try FFmpegTool.run(Clip.pattern(seconds: isPicture ? 0.04 : 1) + [folder.path(name)])
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
        for count in [1, 8, 20, 40] {
            try expect(.badInput, file("cut\(count)-\(name)", whole.prefix(count)))
        }
    }

    @Test func soundOnly() throws {
        for name in ["a.wav", "a.m4a", "a.mp3", "a.mka"] {
            try FFmpegTool.run(Clip.tone(seconds: 0.5) + [folder.path(name)])
            expect(.badInput, folder.path(name), "sound but no pictures")
        }
    }

    @Test func aCoverIsNoVideo() throws {
        try FFmpegTool.run(Clip.pattern(seconds: 0.04) + ["-frames:v", "1", folder.path("cover.png")])
        for name in ["a.mp3", "a.m4a", "a.flac"] {
            let cover = ["-i", folder.path("cover.png"), "-map", "0", "-map", "1", "-disposition:v", "attached_pic"]
            let codec = name.hasSuffix("m4a") ? ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"] : ["-c:v", "copy"]
            try FFmpegTool.run(Clip.tone(seconds: 0.5) + cover + codec + [folder.path(name)])
            expect(.badInput, folder.path(name), "sound but no pictures")
        }
    }

    @Test func subtitlesOnly() throws {
        try expect(.badInput, file("a.srt", Data("1\n00:00:00,000 --> 00:00:01,000\nHello\n".utf8)))
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
    func notReadable() throws {
        let path = try file("locked.mp4", Data(count: 10))
        #expect(chmod(path, 0) == 0)
        expect(.noInput, path, "may not be read")
    }

    @Test func unknownFormatsAndOptions() throws {
        let path = folder.path("a.mkv")
        try FFmpegTool.run(Clip.pattern(seconds: 0.2) + [path])
        #expect(matteError { _ = try Clip(path) { $0.inputFormat = "nosuch" } }?.kind == .usage)
        #expect(matteError { _ = try Clip(path) { $0.inputOptions = ["nosuch": "1"] } }?.kind == .usage)
        let raw = matteError { _ = try Clip(path) { $0.inputFormat = "rawvideo" } }
        #expect(raw?.kind == .badInput)
        #expect(raw?.message.contains("'\(path)'") == true)
        #expect(
            matteError { _ = try Clip(folder.path("")) { $0.inputOptions = ["framerate": "fast"] } }?.kind == .badInput)
    }

    @Test func addressesThatDoNotAnswer() {
        expect(.noInput, "http://127.0.0.1:9/clip.mp4")
        expect(.noInput, "nosuchprotocol://host/clip.mp4")
    }

    @Test func cancellingWhileOpening() throws {
        // A server that takes the connection and never answers.
        let listener = try LocalServer { _ in nil }
        let begin = ContinuousClock.now
        let error = matteError {
            _ = try ClipDecoder(
                path: "http://127.0.0.1:\(listener.port)/clip.mp4",
                isCancelled: { ContinuousClock.now - begin > .milliseconds(200) })
        }
        #expect(error?.kind == .interrupted)
        #expect(ContinuousClock.now - begin < .seconds(10))
    }

    @Test func cancellingInAFolder() throws {
        try FFmpegTool.run(Clip.pattern(seconds: 0.2) + [folder.path("%d.png")])
        let isCancelled = Protected(false)
        let decoder = try ClipDecoder(path: folder.path(""), isCancelled: { isCancelled.withLock { $0 } })
        #expect(try decoder.nextFrame() != nil)
        isCancelled.withLock { $0 = true }
        #expect(matteError { while try decoder.nextFrame() != nil {} }?.kind == .interrupted)
    }
}
