import Foundation
import Frames
import TestSupport
import Testing

@testable import Live

@Suite(.timeLimit(.minutes(20)))
struct ClipSourceTests {
    private func clip(_ folder: TemporaryFolder, frames: Int = 10) throws -> String {
        let path = folder.path("c.mkv")
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "testsrc2=s=32x18:r=50", "-frames:v", "\(frames)", "-c:v", "ffv1", path,
        ])
        return path
    }

    private func all(_ source: ClipSource, most: Int) throws -> [Frame] {
        var frames: [Frame] = []
        while frames.count < most {
            switch try source.next(within: 5) {
            case .frame(let frame): frames.append(frame)
            case .nothing: Issue.record("nothing in five seconds")
            case .ended: return frames
            }
        }
        return frames
    }

    @Test func aClipEndsOrBeginsAgain() throws {
        let folder = try TemporaryFolder()
        let path = try clip(folder)
        #expect(try all(ClipSource(path: path, repeats: false, keepsTime: false), most: 100).count == 10)
        #expect(try all(ClipSource(path: path, repeats: true, keepsTime: false), most: 35).count == 35)
    }

    @Test func picturesComeWhenTheyAreDueAndSaySo() throws {
        let folder = try TemporaryFolder()
        let source = try ClipSource(path: try clip(folder), repeats: false, keepsTime: true)
        let begin = Monotonic.now()
        let frames = try all(source, most: 100)
        // Late pictures are passed over on a slow machine; none comes early.
        #expect(frames.count + source.lostFrames == 10)
        #expect(Monotonic.now() - begin > 0.16)
        let times = frames.map(\.timestamp.seconds)
        #expect(times == times.sorted())
        #expect(times.allSatisfy { $0 <= Monotonic.now() && $0 >= begin - 0.001 })
    }

    /// The last picture has its time as every other before the first one comes again. A slow machine passes pictures over
    /// or comes to a halt, but no clip gives more of them than it has.
    @Test func aClipThatBeginsAgainKeepsItsRate() throws {
        let folder = try TemporaryFolder()
        let source = try ClipSource(path: try clip(folder), repeats: true, keepsTime: true)
        let times = try all(source, most: 35).map(\.timestamp.seconds)
        let span = try #require(times.last) - times[0]
        #expect(Double(times.count + source.lostFrames - 1) < span * 50 + 0.5)
    }

    @Test func roundsFollowOneAnotherWithoutAGap() {
        func frame(_ index: Int, duration: Int64) -> Frame {
            var frame = TestPictures.frame(
                Size(width: 2, height: 2), .rgb24,
                timestamp: Timestamp(ticks: Int64(index) + 7, timeBase: Rational(1, 50))
            ) { _, _, _ in 0 }
            frame.duration = duration
            return frame
        }
        // The last picture of three is shown twice as long, or as long as the one before where the clip does not say.
        for (durations, starts) in [([1, 1, 2], [0, 1, 2, 4, 5, 6]), ([0, 0, 0], [0, 1, 2, 3, 4, 5])]
            as [([Int64], [Int])]
        {
            var clock = ClipClock()
            var dueTimes: [Double] = []
            for round in 0..<2 {
                if round > 0 { clock.beginRound() }
                for index in 0..<3 {
                    let frame = frame(index, duration: durations[index])
                    dueTimes.append(clock.dueTime(of: frame.timestamp.seconds, now: 100 + 9 * Double(round)))
                    clock.passed(frame)
                }
            }
            for (due, start) in zip(dueTimes, starts) { #expect(abs(due - 100 - Double(start) / 50) < 1e-9) }
        }
    }

    @Test func waitingEndsWhenTheTimeIsOver() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("slow.mkv")
        try FFmpegTool.run([
            "-f", "lavfi", "-i", "testsrc2=s=32x18:r=1/3", "-frames:v", "2", "-c:v", "ffv1", path,
        ])
        let source = try ClipSource(path: path, repeats: false, keepsTime: true)
        guard case .frame = try source.next(within: 0.01), case .nothing = try source.next(within: 0.01) else {
            Issue.record("it waits too long, or not at all")
            return
        }
    }
}
