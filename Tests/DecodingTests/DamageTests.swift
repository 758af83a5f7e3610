import Decoding
import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

/// What can be decoded of a damaged clip is decoded; what is lost is counted, and said once.
@Suite struct DamageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func write(_ bytes: [UInt8], _ name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path(name)))
        return folder.path(name)
    }

    /// Numbers that a seed decides, over `share` of the bytes of a part of the file.
    private func damaged(_ bytes: [UInt8], _ part: Range<Double>, share: Double, seed: UInt64) -> [UInt8] {
        var (bytes, random) = (bytes, SeededRandom(seed: seed))
        let range = Int(Double(bytes.count) * part.lowerBound)..<Int(Double(bytes.count) * part.upperBound)
        for index in range where Double.random(in: 0..<1, using: &random) < share {
            bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        return bytes
    }

    @Test(arguments: ["a.mp4", "a.mkv", "a.ts", "a.avi"])
    func bytesInTheMiddle(_ name: String) throws {
        let path = folder.path(name)
        try Clip.make(path, more: ["-crf", "10"])
        let broken = try write(damaged(bytes(path), 0.4..<0.6, share: 0.05, seed: 7), "broken-\(name)")
        let clip = try Clip(broken)
        #expect(clip.frames.count >= 20)
        #expect(clip.damaged > 0)
        #expect(clip.notices.filter { $0.contains("damaged") }.count == 1)
        #expect(clip.notices.allSatisfy { $0.contains("'\(broken)'") })
        #expect(zip(clip.ticks, clip.ticks.dropFirst()).allSatisfy { $1 > $0 })
        // The pictures before the damage are whole.
        #expect(try clip.pictures.prefix(10) == Clip(path).pictures.prefix(10))
    }

    @Test(arguments: ["index-first.mp4", "a.mkv"])
    func aCutOffEnd(_ name: String) throws {
        let path = folder.path(name)
        try Clip.make(path, seconds: 8, more: name.hasSuffix("mp4") ? ["-movflags", "+faststart"] : [])
        let whole = try bytes(path)
        let clip = try Clip(write(Array(whole.prefix(whole.count * 6 / 10)), "cut-\(name)")) { $0.copiesStreams = true }
        #expect(clip.frames.count > 90 && clip.frames.count < 150)
        #expect(clip.damaged > 0)
        #expect(clip.notices.filter { $0.contains("damaged") }.count == 1, "\(clip.notices)")
        #expect(try clip.pictures.dropLast(2) == Clip(path).pictures.prefix(clip.frames.count - 2))
    }

    /// No file, however broken, ends the program or runs for ever.
    @Test(arguments: ["a.mp4", "a.mkv", "a.ts", "a.avi", "a.gif", "a.png", "a.jpg", "a.webm", "a.nut", "a.flv"])
    func noiseNeverCrashes(_ name: String) throws {
        let path = folder.path(name)
        let isPicture = name.hasSuffix("png") || name.hasSuffix("jpg")
        try FFmpegTool.run(Clip.pattern(seconds: isPicture ? 0.04 : 0.4) + ["-pix_fmt", "yuv420p"] + [path])
        let whole = try bytes(path)
        for seed in 0..<12 as Range<UInt64> {
            let share = [0.001, 0.01, 0.1][Int(seed % 3)]
            let part = seed < 6 ? 0.0..<1.0 : 0.0..<0.05
            let broken = try write(damaged(whole, part, share: share, seed: seed), "noise-\(name)")
            let error = matteError {
                let clip = try Clip(broken) {
                    $0.copiesStreams = true
                    if seed % 2 == 1 { $0.start = 0.1 }
                    $0.frameLimit = 200
                }
                #expect(zip(clip.ticks, clip.ticks.dropFirst()).allSatisfy { $1 > $0 })
            }
            if let error {
                #expect([.badInput, .io, .usage].contains(error.kind), "\(error)")
                #expect(error.message.contains(broken), "\(error)")
            }
        }
    }

    @Test func aDamagedHeaderOfAPacketIsSaidWithItsPlace() throws {
        let path = folder.path("a.mkv")
        try FFmpegTool.run(Clip.pattern(seconds: 2) + ["-c:v", "png", path])
        var whole = try bytes(path)
        // The signature of the 31st picture. FFmpeg's parser finds the next one only behind it: two are lost at once.
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
        let places = whole.indices.dropLast(4).filter { Array(whole[$0..<$0 + 4]) == signature }
        try #require(places.count == 50)
        whole[places[30]] = 0
        let clip = try Clip(write(whole, "broken.mkv"))
        #expect(clip.frames.count == 48)
        #expect(clip.damaged == 1)
        #expect(clip.ticks == (0..<50).filter { $0 != 30 && $0 != 31 }.map { Int64($0) * 40 })
        #expect(clip.notices.count == 1)
        #expect(clip.notices.first?.contains("near 1.1") == true, "\(clip.notices)")
    }
}
