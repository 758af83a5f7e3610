import Frames
import Metrics
import Pixels
import TestSupport
import Testing

struct QualityTests {
    private func judged(_ mattes: [FloatImage], cuts: Set<Int> = []) -> [FrameQuality] {
        var inspector = QualityInspector()
        var frames: [FrameQuality] = []
        for (index, matte) in mattes.enumerated() {
            if let frame = inspector.add(matte, startsShot: cuts.contains(index)) { frames.append(frame) }
        }
        return frames + (inspector.finish().map { [$0] } ?? [])
    }

    private func verdict(_ mattes: [FloatImage], cuts: Set<Int> = []) -> QualityVerdict {
        let frames = judged(mattes, cuts: cuts)
        #expect(frames.count == mattes.count)
        return QualityVerdict(frames)
    }

    private func flags(_ verdict: QualityVerdict) -> [String] {
        verdict.events.map { "\($0.flag.rawValue) \($0.firstFrame)-\($0.lastFrame)" }
    }

    /// Swaying, an arm that closes to a loop with its true opening, and noise along the outline.
    @Test func aCleanClipHasNoFlags() {
        #expect(flags(verdict(Figure.clip(40))) == [])
        let noisy = Figure.clip(24).enumerated().map { index, matte in
            let noise = TestPictures.random(320, 180, seed: UInt64(index))
            return TestPictures.make(320, 180) { _, x, y in
                let alpha = matte.value(0, x, y)
                let edge = alpha * (1 - alpha)
                return min(max(alpha + edge * (noise.value(0, x, y) - 0.5), 0), 1)
            }
        }
        #expect(flags(verdict(noisy)) == [])
    }

    @Test func aClipWithoutASubjectIsFlaggedAndAFullOneIsNot() {
        let size = Size(width: 64, height: 36)
        for (value, expected) in [(Float(0), ["empty 1-5"]), (1, [])] {
            let frames = [FloatImage](repeating: .filled(value, size: size, channels: 1), count: 5)
            #expect(flags(verdict(frames)) == expected)
        }
        #expect(flags(verdict([])) == [])
    }

    @Test func aSpotInOneFrameFlickers() {
        let extra = Figure.clip(20) { index, figure in
            if index == 9 { figure.spots = [(60, 60, 14, 1)] }
        }
        #expect(flags(verdict(extra)) == ["flicker 10-10"])
        let missing = Figure.clip(20) { index, figure in
            if index == 9 { figure.spots = [(figure.sway + 160, 150, 24, 0)] }
        }
        #expect(flags(verdict(missing)).contains("flicker 10-10"))
        let gone = Figure.clip(20).enumerated().map { index, matte in
            index == 9 ? FloatImage.filled(0, size: matte.size, channels: 1) : matte
        }
        let verdict = verdict(gone)
        #expect(flags(verdict) == ["flicker 10-10"])
        #expect(verdict.events[0].severity > 10)
    }

    @Test func aHoleAmidTheSubjectIsFoundAsLongAsItLasts() {
        let holed = Figure.clip(20) { index, figure in
            if (8..<14).contains(index) { figure.spots = [(figure.sway + 158, 110, 11, 0.1)] }
        }
        #expect(flags(verdict(holed)) == ["hole 9-14"])
        // From the first frame on, but the room only shines through.
        let veiled = Figure.clip(12) { _, figure in figure.spots = [(figure.sway + 158, 110, 13, 0.35)] }
        #expect(flags(verdict(veiled)) == ["hole 1-12"])
    }

    @Test func aJumpIsFoundUnlessItIsACut() {
        let jump = Figure.clip(20) { index, figure in
            if index >= 12 { figure.spots = [(60, 80, 30, 1)] }
        }
        #expect(flags(verdict(jump)) == ["jump 13-13"])
        #expect(flags(verdict(jump, cuts: [12])) == [])
    }

    @Test func aSideThatIsTouchedOnceIsFound() {
        let touching = Figure.clip(30) { index, figure in
            if (20..<23).contains(index) { figure.spots = [(60, 100, 12, 1), (0, 100, 20, 1)] }
        }
        let verdict = verdict(touching)
        #expect(verdict.usualSides == [])
        #expect(verdict.events.filter { $0.flag == .border }.map { [$0.firstFrame, $0.lastFrame] } == [[21, 23]])
        // A portrait rests on the lower side from beginning to end.
        let portrait = Figure.clip(20) { _, figure in figure.spots = [(160, 180, 60, 1)] }
        let resting = self.verdict(portrait)
        #expect(resting.usualSides == [.bottom])
        #expect(flags(resting) == [])
    }

    @Test func aNewSizeIsANewShot() {
        let large = FloatImage.filled(1, size: Size(width: 300, height: 200), channels: 1)
        let small = FloatImage.filled(0, size: Size(width: 30, height: 20), channels: 1)
        #expect(judged([large, large, small, small]).allSatisfy { $0.flicker == 0 && $0.jump == 0 })
    }

    @Test func theWorstComeFirstAndFramesOnce() {
        func frame(flicker: Double, hole: Double) -> FrameQuality {
            FrameQuality(
                area: 0.2, flicker: flicker, hole: hole, jump: 0,
                border: BorderContact(left: 0, right: 0, top: 0, bottom: 0))
        }
        let verdict = QualityVerdict([
            frame(flicker: 0, hole: 0), frame(flicker: 0.04, hole: 0.02), frame(flicker: 0, hole: 0.03),
            frame(flicker: 0, hole: 0), frame(flicker: 0.2, hole: 0),
        ])
        #expect(flags(verdict) == ["flicker 2-2", "hole 2-3", "flicker 5-5"])
        #expect(verdict.worst(10).map(\.worstFrame) == [3, 5, 2])
        #expect(verdict.worst(1).map(\.worstFrame) == [3])
    }
}
