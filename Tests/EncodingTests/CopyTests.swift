import Encoding
import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

/// Ramps in place of an input's pictures, at the same times; everything else of it copied.
@discardableResult
func copyStreams(
    from input: String, to output: String, options: EncodingOptions = .init(),
    notice: @escaping NoticeHandler = { _ in }
) throws -> WrittenClip {
    let demuxer = try Demuxer(MediaLocation(url: input))
    let videoStream = try #require(demuxer.videoStream)
    let info = try demuxer.videoInfo(ofStream: videoStream)
    let video = VideoDescription.small(timeBase: info.timeBase, rate: info.averageFrameRate)
    let plan = try OutputPlan(path: output, video: video, options: options)
    let writer = try ClipWriter(
        plan: plan, video: video, streams: demuxer.streams.filter { $0.index != videoStream },
        container: demuxer.container, recordsExpectation: true, notice: notice)
    let decoder = try VideoDecoder(demuxer, stream: videoStream)
    var number = 0
    func drain() throws {
        while case .frame(let decoded) = try decoder.receive() {
            try writer.write(
                Pictures.ramp(
                    video.size, plan.format, color: plan.color, number: number, ticks: decoded.timestamp.ticks,
                    timeBase: video.timeBase, duration: decoded.duration))
            number += 1
        }
    }
    while let packet = try demuxer.nextPacket() {
        if packet.streamIndex == videoStream {
            _ = try decoder.send(packet)
            try drain()
        } else {
            try writer.write(packet)
        }
    }
    _ = try decoder.send(nil)
    try drain()
    return try writer.finish()
}

@Suite struct CopyTests {
    private func make(_ path: String, audio: String, rate: Int = 48_000, extra: [String] = []) throws {
        try FFmpegTool.run(
            [
                "-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=1.2", "-f", "lavfi", "-i",
                "sine=frequency=440:sample_rate=\(rate):duration=1.2",
            ] + extra + ["-c:v", path.hasSuffix("webm") ? "libvpx" : "mpeg2video", "-c:a", audio, path])
    }

    private func payloads(_ path: String) throws -> [String?] {
        try OutputProbe.packets(path, "a:0").map { $0["data_hash"] }
    }

    private func seconds(_ path: String, _ selector: String) throws -> [Double] {
        try OutputProbe.packets(path, selector).compactMap { $0["pts_time"].flatMap { Double($0) } }
    }

    @Test(arguments: [
        ("in.mp4", "aac", "out.mp4"), ("in.mp4", "aac", "out.mov"), ("in.mp4", "aac", "out.mkv"),
        ("in.mkv", "libmp3lame", "out.mp4"), ("in.webm", "libopus", "out.webm"), ("in.mkv", "flac", "out.mp4"),
        ("in.mkv", "libopus", "out.mp4"), ("in.mkv", "ac3", "out.mov"), ("in.webm", "libvorbis", "out.mkv"),
    ]) func soundIsBitIdentical(_ input: String, _ codec: String, _ output: String) throws {
        let scratch = try Scratch()
        try make(scratch(input), audio: codec)
        let written = try copyStreams(from: scratch(input), to: scratch(output))
        let before = try payloads(scratch(input))
        #expect(before.count > 10)
        #expect(try payloads(scratch(output)) == before)
        #expect(written.expectation?.audio.first?.packets == before.count)
        let (from, to) = (try seconds(scratch(input), "a:0"), try seconds(scratch(output), "a:0"))
        #expect(from.count == to.count && zip(from, to).allSatisfy { abs($0 - $1) < 0.002 }, "\(from) \(to)")
        #expect(try seconds(scratch(output), "v:0").min() == seconds(scratch(input), "v:0").min())
        try OutputVerifier.verify(written)
    }

    @Test(arguments: ["out.mov", "out.mkv"]) func rawSamplesAreKept(_ output: String) throws {
        let scratch = try Scratch()
        try make(scratch("in.mov"), audio: "pcm_s16le", rate: 44_100)
        let written = try copyStreams(from: scratch("in.mov"), to: scratch(output))
        let samples = try [scratch("in.mov"), scratch(output)].map {
            try FFmpegTool.output(["-i", $0, "-map", "0:a", "-f", "s16le", "-"])
        }
        #expect(samples[0] == samples[1] && !samples[0].isEmpty)
        try OutputVerifier.verify(written)
    }

    /// A transport stream has ADTS headers before each AAC packet, and begins at a time of its own.
    @Test func transportStreamsBecomeMP4() throws {
        let scratch = try Scratch()
        try make(scratch("in.ts"), audio: "aac")
        let written = try copyStreams(from: scratch("in.ts"), to: scratch("out.mp4"))
        try OutputVerifier.verify(written)
        try FFmpegTool.run(["-i", scratch("in.ts"), "-map", "0:a", "-c", "copy", scratch("reference.m4a")])
        #expect(try payloads(scratch("out.mp4")) == payloads(scratch("reference.m4a")))
        let start = try #require(try seconds(scratch("in.ts"), "v:0").min())
        #expect(start > 0.5)
        #expect(try seconds(scratch("out.mp4"), "v:0").min() == start)
        let back = try copyStreams(from: scratch("out.mp4"), to: scratch("out.ts"))
        try OutputVerifier.verify(back)
    }

    @Test(arguments: ["out.mp4", "out.mov", "out.mkv", "out.webm"]) func wordsAndChaptersAreKept(_ output: String)
        throws
    {
        let scratch = try Scratch()
        let words = """
            ;FFMETADATA1
            title=A walk
            artist=Someone
            [CHAPTER]
            TIMEBASE=1/1000
            START=0
            END=600
            title=First
            [CHAPTER]
            TIMEBASE=1/1000
            START=600
            END=1200
            title=Zwölf
            """
        try Array(words.utf8).withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: scratch("words.txt"))) }
        let (input, sound) = output == "out.webm" ? ("in.webm", "libopus") : ("in.mkv", "aac")
        try make(
            scratch(input), audio: sound,
            extra: [
                "-i", scratch("words.txt"), "-map_metadata", "2", "-map_chapters", "2", "-metadata:s:a", "language=eng",
            ])
        try copyStreams(from: scratch(input), to: scratch(output))
        let format = try OutputProbe.format(scratch(output))
        #expect((format["tag:title"] ?? format["tag:TITLE"]) == "A walk")
        #expect((format["tag:artist"] ?? format["tag:ARTIST"]) == "Someone")
        #expect(format["tag:encoder"]?.contains("matroska") != true)
        let chapters = try OutputProbe.chapters(scratch(output))
        #expect(chapters.map { $0["tag:title"] } == ["First", "Zwölf"])
        #expect(chapters.map { $0["start_time"] } == ["0.000000", "0.600000"])
        #expect(try OutputProbe.stream(scratch(output), "a:0")["tag:language"] == "eng")
    }

    @Test func subtitlesAreKeptOrMissedAloud() throws {
        let scratch = try Scratch()
        let text = "1\n00:00:00,200 --> 00:00:00,900\nHello\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: scratch("words.srt")))
        try make(
            scratch("in.mkv"), audio: "aac",
            extra: ["-i", scratch("words.srt"), "-map", "0", "-map", "1", "-map", "2", "-c:s", "srt"])
        let kept = Notices()
        try copyStreams(from: scratch("in.mkv"), to: scratch("out.mkv"), notice: kept.handler)
        #expect(kept.all.isEmpty)
        #expect(try OutputProbe.stream(scratch("out.mkv"), "s:0")["codec_name"] == "subrip")
        let missed = Notices()
        try copyStreams(from: scratch("in.mkv"), to: scratch("out.mp4"), notice: missed.handler)
        #expect(missed.all.count == 1)
        #expect(missed.all.first?.contains("subtitle stream 2 (subrip) is left out") == true)
        #expect(missed.all.first?.contains(".mkv") == true)
        #expect(try OutputProbe.streams(scratch("out.mp4")).count == 2)
    }

    @Test func coverPicturesStayInMP4() throws {
        let scratch = try Scratch()
        try make(scratch("plain.mp4"), audio: "aac")
        try FFmpegTool.run(["-f", "lavfi", "-i", "testsrc2=s=32x32", "-frames:v", "1", scratch("cover.png")])
        try FFmpegTool.run([
            "-i", scratch("plain.mp4"), "-i", scratch("cover.png"), "-map", "0", "-map", "1", "-c", "copy",
            "-disposition:v:1", "attached_pic", scratch("in.mp4"),
        ])
        let written = try copyStreams(from: scratch("in.mp4"), to: scratch("out.mp4"))
        try OutputVerifier.verify(written)
        let cover = try OutputProbe.stream(scratch("out.mp4"), "v:1")
        #expect(cover["codec_name"] == "png" && cover["disposition:attached_pic"] == "1")
        let missed = Notices()
        try copyStreams(from: scratch("in.mp4"), to: scratch("out.mkv"), notice: missed.handler)
        #expect(missed.all.contains { $0.contains("picture stream") })
    }

    @Test func attachmentsStayInMatroska() throws {
        let scratch = try Scratch()
        try Data("not a font".utf8).write(to: URL(fileURLWithPath: scratch("a.ttf")))
        try make(
            scratch("in.mkv"), audio: "aac",
            extra: ["-attach", scratch("a.ttf"), "-metadata:s:t", "mimetype=application/x-truetype-font"])
        try copyStreams(from: scratch("in.mkv"), to: scratch("out.mkv"))
        #expect(try OutputProbe.stream(scratch("out.mkv"), "t:0")["tag:filename"] == "a.ttf")
    }
}
