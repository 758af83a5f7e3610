import Encoding
import Foundation
import Frames
import TestSupport
import Testing

@Suite struct VerifierTests {
    private static let film = VideoDescription.small(timeBase: Rational(1, 24000), rate: Rational(24000, 1001))
    private static let times = (0..<8).map { Int64($0) * 1001 }

    @Test(
        arguments: [
            ("a.mp4", nil, 8, false), ("a.mp4", "hevc", 10, false), ("a.mp4", "av1", 8, false), ("a.mov", nil, 8, true),
            ("a.mov", nil, 8, false), ("a.mkv", nil, 8, true), ("a.mkv", "ffv1", 10, true), ("a.mkv", nil, 8, false),
            ("a.webm", nil, 8, true), ("a.webm", nil, 10, false), ("a.webm", "av1", 8, false), ("a.ts", nil, 8, false),
            ("a.nut", nil, 8, false), ("a.nut", nil, 8, true), ("f/", nil, 8, true), ("f/x%03d.png", nil, 10, true),
            ("a.webm", "libvpx", 8, true), ("a.mkv", "libvpx", 8, false),
        ] as [(String, String?, Int, Bool)]) func whatIsWrittenPasses(
            _ name: String, _ codec: String?, _ depth: Int, _ alpha: Bool
        ) throws
    {
        let scratch = try Scratch()
        var video = Self.film
        video.depth = depth
        video.wantsAlpha = alpha
        for start in [Int64(0), 4004, -1001] {
            var options = EncodingOptions.with { $0.codec = codec }
            options.overwrite = true
            let times = Self.times.map { $0 + start + ($0 > 4000 ? 77 : 0) }
            let written = try writeRamps(to: scratch(name), video, options: options, times: times).clip
            try OutputVerifier.verify(written)
        }
    }

    @Test(arguments: ["a.gif", "a.apng", "a.flv"])
    func containersWithoutTagsPass(name: String) throws {
        let scratch = try Scratch()
        // Their own units are coarse.
        let video = VideoDescription.small(timeBase: Rational(1, 25), rate: Rational(25, 1))
        try OutputVerifier.verify(writeRamps(to: scratch(name), video, times: (0..<5).map { $0 }).clip)
    }

    @Test func picturesThatNobodyCanDecodeAreFound() throws {
        let scratch = try Scratch()
        let options = EncodingOptions.with {
            $0.codec = "rawvideo"
            $0.pixelFormat = "yuva444p"
        }
        let written = try writeRamps(to: scratch("a.mov"), Self.film, options: options, times: Self.times).clip
        let error = #expect(throws: MatteError.self) { try OutputVerifier.verify(written) }
        #expect(error?.kind == .internal)
    }

    @Test func greyAndStillsPass() throws {
        let scratch = try Scratch()
        var video = Self.film
        video.isGray = true
        for name in ["a.mp4", "a.mkv", "a.mov", "a.webm", "f/"] {
            try OutputVerifier.verify(writeRamps(to: scratch(name), video, times: Self.times).clip)
        }
        for name in ["a.png", "a.jpg", "a.webp", "a.tiff"] {
            try OutputVerifier.verify(writeRamps(to: scratch(name), Self.film, times: [0]).clip)
        }
    }

    /// What the verifier says about `path` after `ffmpeg` has changed it.
    private func verdict(
        _ scratch: Scratch, _ written: WrittenClip, _ output: [String] = ["-c", "copy"]
    ) throws -> String? {
        let changed = scratch("changed-" + (written.path as NSString).lastPathComponent)
        try FFmpegTool.run(["-copyts", "-i", written.path] + output + ["-avoid_negative_ts", "disabled", changed])
        try FileManager.default.removeItem(atPath: written.path)
        try FileManager.default.moveItem(atPath: changed, toPath: written.path)
        let error = matteError { try OutputVerifier.verify(written) }
        #expect(error == nil || error?.kind == .internal)
        return error?.message
    }

    @Test func untouchedCopiesPass() throws {
        let scratch = try Scratch()
        let written = try writeRamps(to: scratch("a.mkv"), Self.film, times: Self.times).clip
        #expect(try verdict(scratch, written) == nil)
    }

    @Test func missingFramesAreFound() throws {
        let scratch = try Scratch()
        let written = try writeRamps(
            to: scratch("a.mkv"), Self.film, options: .with { $0.codec = "ffv1" }, times: Self.times
        ).clip
        let last = try verdict(scratch, written, ["-c", "copy", "-frames:v", "7"])
        #expect(last?.contains("it has 7 pictures, and 8 were written") == true)
        let middle = try writeRamps(
            to: scratch("b.mkv"), Self.film, options: .with { $0.codec = "ffv1" }, times: Self.times
        ).clip
        let words = try verdict(
            scratch, middle, ["-c", "copy", "-bsf:v", "noise=drop=eq(n\\,3)"])
        #expect(words?.contains("picture 4 is at") == true)
    }

    @Test func changedTimesAreFound() throws {
        let scratch = try Scratch()
        for name in ["a.mp4", "a.mkv"] {
            let written = try writeRamps(
                to: scratch(name), Self.film, options: .with { $0.encoderOptions = [("bf", "0")] }, times: Self.times
            ).clip
            let words = try verdict(
                scratch, written,
                ["-c", "copy", "-bsf:v", "setts=ts=TS+eq(N\\,5)*\(name == "a.mp4" ? 24 : 2)"])
            #expect(words?.contains("picture 6 is at") == true, "\(words ?? "-")")
        }
        let written = try writeRamps(to: scratch("c.mp4"), Self.film, times: Self.times).clip
        var expectation = try #require(written.expectation)
        expectation.times[2] += 1
        let error = matteError { try OutputVerifier.verify(path: written.path, expectation) }
        #expect(error?.message.contains("picture 3 is at") == true)
    }

    @Test func wrongTagsAreFound() throws {
        let scratch = try Scratch()
        let cases = [
            ("colour_primaries=9", "primaries"), ("matrix_coefficients=6", "matrix"),
            ("video_full_range_flag=1", "range"), ("transfer_characteristics=16", "transfer"),
        ]
        for (number, (tag, word)) in cases.enumerated() {
            let written = try writeRamps(to: scratch("\(number).ts"), Self.film, times: Self.times).clip
            let words = try verdict(
                scratch, written, ["-c", "copy", "-bsf:v", "h264_metadata=\(tag)"])
            #expect(words?.contains(word) == true, "\(tag): \(words ?? "-")")
        }
    }

    @Test func changedSoundIsFound() throws {
        let scratch = try Scratch()
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1", "-c:v", "mpeg2video",
            "-c:a", "aac", scratch("in.mp4"),
        ])
        var written = try copyStreams(from: scratch("in.mp4"), to: scratch("a.mkv"))
        let noisy = try verdict(
            scratch, written, ["-c", "copy", "-bsf:a", "noise=amount=if(eq(n\\,20)\\,1\\,0)"])
        #expect(noisy?.contains("is not what was copied") == true, "\(noisy ?? "-")")
        written = try copyStreams(from: scratch("in.mp4"), to: scratch("b.mkv"))
        let short = try verdict(
            scratch, written, ["-c", "copy", "-bsf:a", "noise=drop=eq(n\\,20)"])
        #expect(short?.contains("packets") == true, "\(short ?? "-")")
        written = try copyStreams(from: scratch("in.mp4"), to: scratch("c.mkv"))
        #expect(try verdict(scratch, written, ["-c", "copy", "-an"])?.contains("streams of sound") == true)
    }

    @Test func lostAlphaAndPicturesAreFound() throws {
        let scratch = try Scratch()
        var video = Self.film
        video.wantsAlpha = true
        let clip = try writeRamps(to: scratch("a.mkv"), video, times: Self.times).clip
        #expect(
            try verdict(scratch, clip, ["-c:v", "ffv1", "-pix_fmt", "yuv444p"])?.contains("alpha")
                == true)
        let webm = try writeRamps(to: scratch("a.webm"), video, times: Self.times).clip
        #expect(
            try verdict(scratch, webm, ["-c:v", "libvpx-vp9", "-metadata:s:v", "alpha_mode="])
                != nil)
        let sequence = try writeRamps(to: scratch("f/"), video, times: Self.times).clip
        try FileManager.default.removeItem(atPath: scratch("f/00003.png"))
        #expect(
            matteError { try OutputVerifier.verify(sequence) }?.message.contains("00003.png' cannot be read") == true)
        try FFmpegTool.run(["-i", scratch("f/00001.png"), "-vf", "scale=40:30", scratch("f/00003.png")])
        #expect(matteError { try OutputVerifier.verify(sequence) }?.message.contains("is 40×30") == true)
    }
}
