import Decoding
import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

@Suite struct CopiedStreamsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, _ name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(name)))
        return folder.path(name)
    }

    private func makeRich() throws -> String {
        let path = folder.path("rich.mkv")
        let subtitles = try write(
            "1\n00:00:00,200 --> 00:00:00,600\nOne\n\n2\n00:00:01,200 --> 00:00:01,600\nTwo\n", "a.srt")
        let chapters = try write(
            ";FFMETADATA1\ntitle=A clip\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=800\ntitle=First\n"
                + "[CHAPTER]\nTIMEBASE=1/1000\nSTART=800\nEND=2000\ntitle=Second\n", "meta.txt")
        let font = try write("no real font", "font.ttf")
        try FFmpegTool.run(
            Clip.pattern() + Clip.tone() + ["-i", subtitles, "-i", chapters] + [
                "-map", "0", "-map", "1", "-map", "2", "-map_metadata", "3", "-map_chapters", "3", "-c:v", "libx264",
                "-c:a", "libopus", "-c:s", "srt", "-metadata:s:a", "language=deu", "-disposition:s", "forced",
                "-attach", font, "-metadata:s:t", "mimetype=application/x-truetype-font", path,
            ])
        return path
    }

    @Test func theContainerIsDescribed() throws {
        let clip = try Clip(makeRich()) { $0.copiesStreams = true }
        #expect(clip.info.streams.map(\.kind) == [.audio, .subtitle, .attachment])
        #expect(clip.info.streams.map(\.codecName) == ["opus", "subrip", "ttf"])
        #expect(clip.info.streams.map(\.index) == [1, 2, 3])
        let language = clip.info.streams.first?.metadata.first { $0.key == "language" }
        #expect(language?.value == "deu")
        let title = clip.info.container.metadata.first { $0.key == "title" }
        #expect(title?.value == "A clip")
        let chapters = clip.info.container.chapters
        let bounds = chapters.map { chapter in
            [chapter.start, chapter.end].map { Timestamp(ticks: $0, timeBase: chapter.timeBase).seconds }
        }
        #expect(bounds == [[0, 0.8], [0.8, 2]])
        let titles = chapters.compactMap { $0.metadata.first?.value }
        #expect(titles == ["First", "Second"])
        #expect(clip.info.container.formatName.hasPrefix("matroska"))
        #expect(clip.info.codecName == "h264")
    }

    @Test func packetsAreThoseOfTheFile() throws {
        let path = try makeRich()
        let clip = try Clip(path) { $0.copiesStreams = true }
        for (index, selector) in [(1, "a:0"), (2, "s:0")] {
            let mine = clip.packets.filter { $0.streamIndex == index }
            let theirs = try OutputProbe.packets(path, selector)
            #expect(mine.count == theirs.count)
            for (packet, fields) in zip(mine, theirs) {
                let digest = try packet.withBytes { try SHA256Digest.hexDigest(of: $0) }
                #expect(fields["data_hash"]?.lowercased() == "sha256:" + digest)
                #expect(packet.pts == fields["pts"].flatMap { Int64($0) })
                #expect("\(packet.duration)" == fields["duration"])
            }
        }
    }

    @Test func nothingIsCopiedUnlessAsked() throws {
        let clip = try Clip(makeRich())
        #expect(clip.packets.isEmpty)
        #expect(clip.info.streams.isEmpty)
        #expect(clip.frames.count == 50)
    }

    @Test func subtitlesAreCutAndShifted() throws {
        let part = try Clip(makeRich()) {
            $0.copiesStreams = true
            $0.start = 1
        }
        let lines = part.packets.filter { $0.streamIndex == 2 }
        let words = lines.map { line in line.withBytes { String(decoding: $0, as: UTF8.self) } }
        #expect(words == ["Two"])
        #expect(lines.first?.pts == 200)
    }

    /// A cover has no time: it belongs to the clip whatever is cut from it.
    @Test func aCoverIsCopiedAndNotDecoded() throws {
        let (plain, path) = (folder.path("plain.mp4"), folder.path("cover.mp4"))
        try Clip.make(plain)
        try FFmpegTool.run(Clip.pattern(seconds: 0.04, size: "160x120") + ["-frames:v", "1", folder.path("c.png")])
        try FFmpegTool.run([
            "-i", plain, "-i", folder.path("c.png"), "-map", "1", "-map", "0", "-c", "copy", "-disposition:v:0",
            "attached_pic", path,
        ])
        for start in [nil, 1.0] {
            let clip = try Clip(path) {
                $0.copiesStreams = true
                $0.start = start
            }
            #expect(clip.info.size == Size(width: 64, height: 48))
            #expect(clip.info.streams.map(\.kind).contains(.video))
            let covers = clip.packets.filter { packet in
                clip.info.streams.contains { $0.index == packet.streamIndex && $0.isCover }
            }
            #expect(covers.count == 1)
            let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.path("c.png"))))
            let cover: [UInt8]? = covers.first?.withBytes { Array($0) }
            #expect(cover == bytes)
        }
    }
}
