import Foundation
import Metrics
import TestSupport
import Testing

/// Sums of parts against the verdict on the whole.
struct QualityTallyTests {
    private func frames(_ count: Int, seed: UInt64) -> [FrameQuality] {
        var random = SeededRandom(seed: seed)
        // A side that most frames touch, as a portrait's lower one.
        let usual = Double.random(in: 0...1, using: &random)
        func value(_ threshold: Double, _ share: Double) -> Double {
            Double.random(in: 0...1, using: &random) < share
                ? threshold * Double.random(in: 1...9, using: &random)
                : threshold * Double.random(in: 0..<1, using: &random)
        }
        return (0..<count).map { _ in
            FrameQuality(
                area: value(0.003, 0.8), flicker: value(0.03, 0.1), hole: value(0.002, 0.1), jump: value(0.12, 0.2),
                border: BorderContact(
                    left: value(0.01, 0.1), right: value(0.01, 0), top: value(0.01, 0.2), bottom: value(0.01, usual)))
        }
    }

    private func tally(_ frames: [FrameQuality], from start: Int = 0) -> QualityTally {
        var tally = QualityTally()
        for (index, frame) in frames.enumerated() { tally.add(frame, seconds: Double(start + index)) }
        return tally
    }

    @Test func itSaysWhatTheVerdictSays() throws {
        for seed in UInt64(1)...20 {
            let frames = frames(60, seed: seed)
            let marks = tally(frames).marks
            let events = Dictionary(grouping: QualityVerdict(frames).events, by: \.flag)
            #expect(Set(marks.map(\.flag)) == Set(events.keys), "seed \(seed)")
            for mark in marks {
                let events = try #require(events[mark.flag])
                #expect(mark.frames == events.reduce(0) { $0 + $1.lastFrame - $1.firstFrame + 1 }, "seed \(seed)")
                let worst = try #require(events.max { $0.severity < $1.severity })
                #expect(abs(mark.severity - worst.severity) < 1e-9 && Int(mark.worstSeconds) + 1 == worst.worstFrame)
            }
        }
    }

    @Test func partsAddUpToTheWhole() throws {
        for seed in UInt64(1)...20 {
            var frames = frames(60, seed: seed)
            // Parts begin with shots, where there is no flicker just before.
            frames[24].jump = 0
            frames[23].flicker = 0
            var sum = tally(Array(frames[..<24]))
            let data = try JSONEncoder().encode(tally(Array(frames[24...]), from: 24))
            sum.add(try JSONDecoder().decode(QualityTally.self, from: data))
            #expect(sum.marks == tally(frames).marks && sum.frames == 60, "seed \(seed)")
        }
    }

    @Test func aClipWithoutASubjectIsEmpty() {
        let nobody = FrameQuality(
            area: 0, flicker: 0, hole: 0, jump: 0, border: BorderContact(left: 0, right: 0, top: 0, bottom: 0))
        #expect(tally([nobody, nobody]).marks.map(\.flag) == [.empty])
        #expect(tally([]).marks.isEmpty)
    }
}
