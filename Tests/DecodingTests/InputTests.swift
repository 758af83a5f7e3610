import Decoding
import FFmpeg
import Foundation
import Frames
import Glibc
import TestSupport
import Testing

/// The kinds of input: streams, folders, patterns, single pictures.
@Suite struct InputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Feeds a file through a pipe that cannot be sought, by a named FIFO.
    private func withPipe<Result>(_ path: String, _ body: (_ pipe: String) throws -> Result) throws -> Result {
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "cat \"$0\" > \"$1\"", path, pipe]
        try writer.run()
        defer { writer.waitUntilExit() }
        return try body(pipe)
    }

    @Test(arguments: ["a.mkv", "a.ts", "fragments.mp4"])
    func aPipeGivesWhatTheFileGives(_ name: String) throws {
        let path = folder.path(name)
        try Clip.make(path, more: name.hasPrefix("frag") ? ["-movflags", "frag_keyframe+empty_moov"] : [])
        let file = try Clip(path)
        let piped = try withPipe(path) { try Clip($0) }
        #expect(piped.ticks == file.ticks)
        #expect(piped.pictures == file.pictures)
        #expect(file.frames.count == 50)
    }

    @Test func aPipeCanBeginLateToo() throws {
        let path = folder.path("a.mkv")
        try Clip.make(path)
        func change(_ options: inout DecodingOptions) {
            options.start = 1.1
            options.end = 1.5
            options.copiesStreams = true
        }
        let file = try Clip(path, change)
        let piped = try withPipe(path) { try Clip($0, change) }
        #expect(piped.pictures == file.pictures)
        #expect(piped.ticks == file.ticks)
        #expect(piped.packets.compactMap(\.pts) == file.packets.compactMap(\.pts))
        #expect(piped.frames.count == 10)
    }

    @Test func standardInputIsReadButNotTwice() throws {
        let path = folder.path("a.mkv")
        try Clip.make(path, seconds: 0.4)
        // File descriptor 0 belongs to the whole process; no other test reads it.
        let kept = dup(0)
        let file = open(path, O_RDONLY)
        #expect(dup2(file, 0) == 0)
        defer {
            dup2(kept, 0)
            close(kept)
            close(file)
        }
        let decoder = try ClipDecoder(path: "-")
        var count = 0
        while try decoder.nextFrame() != nil { count += 1 }
        #expect(count == 10)
        #expect(matteError { try decoder.rewind() }?.kind == .badInput)
    }

    @Test func aFolderIsReadInTheOrderOfItsNumbers() throws {
        // Sizes differ, numbers are missing, and the names sort otherwise as text.
        for (name, size) in [("f10.png", "20x10"), ("f2.png", "30x20"), ("f1.jpg", "40x30"), ("f033.bmp", "50x40")] {
            try FFmpegTool.run(Clip.pattern(seconds: 0.04, size: size) + ["-frames:v", "1", folder.path(name)])
        }
        try Data("no picture".utf8).write(to: URL(fileURLWithPath: folder.path("notes.txt")))
        try Data("hidden".utf8).write(to: URL(fileURLWithPath: folder.path(".hidden.png")))
        let clip = try Clip(folder.path(""))
        #expect(clip.frames.map(\.size.width) == [40, 30, 20, 50])
        #expect(clip.ticks == [0, 1, 2, 3])
        #expect(clip.info.timeBase == Rational(1, 25))
        #expect(clip.info.expectedFrames == 4)
        #expect(!clip.info.isStill)
        #expect(clip.notices.isEmpty)
        let part = try Clip(folder.path("")) {
            $0.inputOptions = ["framerate": "30000/1001"]
            $0.start = 0.03
            $0.frameLimit = 2
        }
        #expect(part.frames.map(\.size.width) == [30, 20])
        #expect(part.info.timeBase == Rational(1001, 30000))
        #expect(part.ticks == [0, 1])
    }

    @Test func aDamagedPictureOfAFolderIsLeftOut() throws {
        for number in 1...3 {
            try FFmpegTool.run(Clip.pattern(seconds: 0.04) + ["-frames:v", "1", folder.path("\(number).png")])
        }
        try Data("not a picture at all".utf8).write(to: URL(fileURLWithPath: folder.path("2.png")))
        let clip = try Clip(folder.path(""))
        #expect(clip.ticks == [0, 2])
        #expect(clip.damaged == 1)
        #expect(clip.notices.count == 1)
        #expect(clip.notices.first?.contains("2.png'") == true)
    }

    @Test func aPatternBeginsAtItsLowestNumber() throws {
        let odd = folder.path("50% of it")
        try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: false)
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.2) + ["-start_number", "998", folder.path("p%03d.png")])
        for number in 998...1002 {
            let name = String(format: "p%03d.png", number)
            try FileManager.default.moveItem(atPath: folder.path(name), toPath: odd + "/" + name)
        }
        let clip = try Clip(odd + "/p%03d.png")
        #expect(clip.ticks == [0, 1, 2, 3, 4])
        #expect(clip.info.timeBase == Rational(1, 25))
        #expect(clip.info.expectedFrames == 5)
        #expect(!clip.info.isStill)
        #expect(clip.notices.isEmpty)
        #expect(try Clip(odd + "/p%03d.png") { $0.start = 0.12 }.frames.count == 2)
    }

    @Test func missingNumbersOfAPatternAreSaid() throws {
        try FFmpegTool.run(Clip.pattern(seconds: 0.4) + [folder.path("p%02d.png")])
        try FileManager.default.removeItem(atPath: folder.path("p05.png"))
        let clip = try Clip(folder.path("p%02d.png"))
        #expect(clip.frames.count == 4)
        #expect(clip.notices.count == 1)
        #expect(clip.notices.first?.contains("has no number 5") == true)
    }

    @Test(arguments: ["a.png", "a.jpg", "a.tiff", "a.bmp", "a.webp", "a.ppm", "a.tga", "100%done.png", "a:b.png"])
    func onePictureIsAStill(_ name: String) throws {
        let path = folder.path(name)
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.04) + ["-frames:v", "1", "-update", "1", folder.path("plain.png")])
        if name.hasSuffix(".png") {
            try FileManager.default.moveItem(atPath: folder.path("plain.png"), toPath: path)
        } else {
            try FFmpegTool.run(["-i", folder.path("plain.png"), path])
        }
        let clip = try Clip(path)
        #expect(clip.frames.count == 1)
        #expect(clip.info.isStill)
        #expect(clip.info.expectedFrames == 1)
        #expect(clip.info.size == Size(width: 64, height: 48))
    }

    @Test func aChainOfPicturesIsAClip() throws {
        try FFmpegTool.run(Clip.pattern(seconds: 0.2) + [folder.path("p%d.png")])
        var chain = Data()
        for number in 1...5 { chain += try Data(contentsOf: URL(fileURLWithPath: folder.path("p\(number).png"))) }
        try chain.write(to: URL(fileURLWithPath: folder.path("chain")))
        let clip = try withPipe(folder.path("chain")) { try Clip($0) }
        #expect(clip.frames.count == 5)
        #expect(!clip.info.isStill)
    }

    @Test(arguments: [("a.gif", "gif"), ("a.apng", "apng"), ("a.mkv", "png")])
    func movingPicturesAreNoStills(_ name: String, _ codec: String) throws {
        try FFmpegTool.run(Clip.pattern(seconds: 0.4) + ["-c:v", codec, folder.path(name)])
        let clip = try Clip(folder.path(name))
        #expect(!clip.info.isStill)
        #expect(clip.frames.count == 10)
    }

    @Test func aOnePixelPictureIsRead() throws {
        try FFmpegTool.run(Clip.pattern(seconds: 0.04) + ["-vf", "scale=1:1", "-frames:v", "1", folder.path("a.png")])
        #expect(try Clip(folder.path("a.png")).info.size == Size(width: 1, height: 1))
    }

    @Test func interlacedFramesAreSaidOnce() throws {
        let path = folder.path("tv.ts")
        try FFmpegTool.run(
            Clip.pattern(seconds: 0.4) + ["-vf", "setfield=tff", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", path])
        let clip = try Clip(path)
        #expect(clip.notices.filter { $0.contains("interlaced") }.count == 1)
    }

    @Test func sizesMayChangeOnTheWay() throws {
        for (name, size) in [("a.ts", "64x48"), ("b.ts", "96x64")] {
            try FFmpegTool.run(Clip.pattern(seconds: 0.4, size: size) + ["-c:v", "libx264", folder.path(name)])
        }
        let both = try ["a.ts", "b.ts"].map { try Data(contentsOf: URL(fileURLWithPath: folder.path($0))) }
        try (both[0] + both[1]).write(to: URL(fileURLWithPath: folder.path("c.ts")))
        let clip = try Clip(folder.path("c.ts"))
        #expect(clip.frames.map(\.size.width) == Array(repeating: 64, count: 10) + Array(repeating: 96, count: 10))
        #expect(zip(clip.ticks, clip.ticks.dropFirst()).allSatisfy { $1 > $0 })
    }
}
