import Decoding
import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

/// Every range gives exactly the pictures that a whole pass gives in it, whatever the container seeks by.
@Suite struct RangeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let openGroups = ["-x264-params", "open-gop=1:bframes=3:b-adapt=0:keyint=12:scenecut=0"]

    @Test(arguments: ["a.mp4", "a.mkv", "a.ts", "a.avi", "open.mp4", "open.ts", "open.mkv"])
    func rangesAreExact(_ name: String) throws {
        let path = folder.path(name)
        try Clip.make(path, seconds: 3, more: name.hasPrefix("open") ? Self.openGroups : [])
        let whole = try Clip(path)
        let origin = try #require(whole.ticks.first)
        let base = whole.info.timeBase.doubleValue
        for (start, end) in [(0.0, 0.4), (0.48, 0.52), (0.5, 1.0), (1.0, 1.04), (1.37, 2.0), (2.9, 9.0)] {
            let part = try Clip(path) {
                $0.start = start
                $0.end = end
            }
            let wanted = whole.ticks.indices.filter {
                let seconds = Double(whole.ticks[$0] - origin) * base
                return seconds > start - 1e-6 && seconds < end - 1e-6
            }
            #expect(part.pictures == wanted.map { whole.pictures[$0] }, "\(start) to \(end)")
            let shift = try #require(wanted.first.map { whole.ticks[$0] })
            #expect(part.ticks == wanted.map { whole.ticks[$0] - shift }, "\(start) to \(end)")
        }
    }

    @Test(arguments: ["a.mp4", "a.mkv", "a.ts"])
    func soundIsCutWithThePictures(_ name: String) throws {
        let path = folder.path(name)
        try Clip.make(path, seconds: 3)
        let whole = try Clip(path) { $0.copiesStreams = true }
        let part = try Clip(path) {
            $0.copiesStreams = true
            $0.start = 1.3
            $0.end = 2.1
        }
        func seconds(_ ticks: Int64, _ base: Rational) -> Double { Double(ticks) * base.doubleValue }
        let origin = seconds(whole.ticks[0], whole.info.timeBase)
        // The first picture at or after 1.3 s is the one at 1.32 s.
        let (start, end) = (origin + 1.32, origin + 2.1)
        let wanted = whole.packets.filter {
            let time = seconds($0.pts ?? 0, $0.timeBase)
            return time > start - 1e-6 && time < end - 1e-6
        }
        #expect(part.packets.count == wanted.count)
        #expect(wanted.count >= 36 && wanted.count <= 38)
        for (mine, theirs) in zip(part.packets, wanted) {
            #expect(mine.withBytes { Array($0) } == theirs.withBytes { Array($0) })
            // The shift is rounded to the nearest tick of the sound's own time base.
            let shift = Double(theirs.pts ?? 0) - Double(mine.pts ?? 0)
            #expect(abs(shift - start / theirs.timeBase.doubleValue) <= 0.5 + 1e-3)
        }
        #expect(part.frames.count == 20)
        #expect(part.info.expectedFrames == 20)
    }

    @Test func aLimitOfFramesCutsTheSoundToo() throws {
        let path = folder.path("a.mp4")
        try Clip.make(path)
        let part = try Clip(path) {
            $0.copiesStreams = true
            $0.frameLimit = 10
        }
        #expect(part.ticks.count == 10)
        #expect(part.info.expectedFrames == 10)
        let last = part.packets.compactMap { packet in packet.pts.map { Double($0) * packet.timeBase.doubleValue } }
            .max()
        // Sound packets of 1024/48000 s begin before 0.4 s.
        #expect(try #require(last) < 0.4 && #require(last) > 0.4 - 2 * 1024.0 / 48000)
    }

    @Test func wholeClipsKeepTheirPacketsUntouched() throws {
        let path = folder.path("a.mkv")
        try Clip.make(path)
        let clip = try Clip(path) { $0.copiesStreams = true }
        let probed = try OutputProbe.packets(path, "a:0")
        #expect(clip.packets.compactMap(\.pts) == probed.compactMap { $0["pts"].flatMap { Int64($0) } })
        #expect(clip.info.streams.map(\.kind) == [.audio])
        #expect(clip.info.streams.map(\.codecName) == ["aac"])
    }

    @Test(arguments: [(7.0, 8.0), (7.0, nil), (0.001, 0.002)] as [(Double, Double?)])
    func rangesWithoutPicturesAreSaid(_ start: Double, _ end: Double?) throws {
        let path = folder.path("a.mp4")
        try Clip.make(path, seconds: 1)
        let error = matteError {
            _ = try Clip(path) {
                $0.start = start
                $0.end = end
            }
        }
        #expect(error?.kind == .usage)
        #expect(error?.message.contains("'\(path)'") == true)
    }

    private static let meaningless: [(Double?, Double?)] = [
        (.nan, nil), (.infinity, nil), (-1, nil), (nil, 0), (nil, -.infinity), (2, 1),
    ]

    @Test(arguments: meaningless)
    func rangesThatMeanNothingAreRefused(_ start: Double?, _ end: Double?) throws {
        let path = folder.path("a.mp4")
        try Clip.make(path, seconds: 0.2)
        let error = matteError {
            _ = try Clip(path) {
                $0.start = start
                $0.end = end
            }
        }
        #expect(error?.kind == .usage)
    }

    @Test func aVeryLateStartIsNoCrash() throws {
        let path = folder.path("a.mkv")
        try Clip.make(path, seconds: 0.2)
        #expect(matteError { _ = try Clip(path) { $0.start = 1e300 } }?.kind == .usage)
        #expect(try Clip(path) { $0.end = 1e300 }.frames.count == 5)
    }
}
