import Compositing
import Frames
import TestSupport
import Testing

@Suite struct VideoBackgroundTests {
    private let alpha = TestPictures.make(2, 2) { _, _, _ in 0 }

    private func shown(_ clip: FakeClip, at times: [Double]) throws -> [Int] {
        let background = VideoBackground(source: clip, fit: .stretch, name: "sea.mp4")
        return try times.map { time in
            let matted = MattedFrames.flat([0, 0, 0], alpha: alpha, seconds: time)
            let picture = try #require(try background.layer(for: matted).shownPicture)
            return Int((picture.value(0, 1, 1) * 255).rounded())
        }
    }

    private func shots(_ list: [(Int64, Int64, Int)]) -> FakeClip {
        FakeClip(list.map { .init(ticks: $0.0, duration: $0.1, gray: $0.2) })
    }

    @Test("The newest frame that is due is shown, its own times from its own start")
    func variableRate() throws {
        // Starts at 5 s by its own clock: 0…40, 40…140, 140…200 ms.
        let clip = shots([(5000, 40, 10), (5040, 100, 20), (5140, 60, 30)])
        let times = [0, 0.039, 0.04, 0.139, 0.14, 0.199].map { $0 + 3 }
        #expect(try shown(clip, at: times) == [10, 10, 20, 20, 30, 30])
    }

    @Test("It starts again after the last frame's time")
    func loops() throws {
        let clip = shots([(0, 100, 1), (100, 100, 2), (200, 100, 3)])
        #expect(try shown(clip, at: [0, 0.2, 0.3, 0.4, 0.59, 0.6, 0.75]) == [1, 3, 1, 2, 3, 1, 2])
        #expect(clip.rewinds == 2)
    }

    @Test("A slower foreground leaves frames out, a faster one repeats them; exact ties show the new frame")
    func rates() throws {
        let clip = shots((0..<10).map { (Int64($0) * 33, 33, $0) })
        #expect(try shown(clip, at: [0, 0.066, 0.132, 0.198]) == [0, 2, 4, 6])
        let slow = shots([(0, 100, 1), (100, 100, 2)])
        #expect(try shown(slow, at: (0..<12).map { Double($0) / 60 }) == [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2])
    }

    @Test("A jump over many turns lands in the right place without decoding them all")
    func longJump() throws {
        let clip = shots([(0, 100, 1), (100, 100, 2), (200, 100, 3)])
        #expect(try shown(clip, at: [0, 300_000.15]) == [1, 2])
        #expect(clip.framesGiven < 12)
    }

    @Test("Without durations the last frame lasts as long as the one before")
    func noDurations() throws {
        let clip = shots([(0, 0, 1), (100, 0, 2)])
        #expect(try shown(clip, at: [0, 0.1, 0.19, 0.2, 0.3]) == [1, 2, 2, 1, 2])
    }

    @Test("A single frame is shown for ever and decoded once", arguments: [Int64(0), 40])
    func still(duration: Int64) throws {
        let clip = shots([(0, duration, 9)])
        #expect(try shown(clip, at: [0, 1, 100]) == [9, 9, 9])
        #expect(clip.framesGiven == 1)
    }

    @Test("A foreground that steps back shows what is there")
    func stepsBack() throws {
        let clip = shots([(0, 100, 1), (100, 100, 2), (200, 100, 3)])
        #expect(try shown(clip, at: [0, 0.25, 0.05]) == [1, 3, 3])
    }

    @Test("A clip without pictures is an error that names it")
    func empty() {
        let error = #expect(throws: MatteError.self) { try shown(shots([]), at: [0]) }
        #expect(error?.kind == .badInput)
        #expect(error?.message.contains("'sea.mp4'") == true)
    }
}
