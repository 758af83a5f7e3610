import Foundation
import Frames
import Matting
import TestSupport
import Testing

/// Synthetic footage whose shots are known.
struct SceneCutTests {
    /// Indices of the frames that begin a shot.
    private func starts(_ frames: [Frame]) -> [Int] {
        var detector = SceneCutDetector()
        return frames.indices.filter { detector.startsShot(frames[$0]) }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>) func hardCuts(seed: UInt64) {
        let frames =
            (0..<5).map { TestFrames.scene(seed: seed, shift: $0) }
            + (0..<5).map { TestFrames.scene(seed: seed + 100, shift: $0) }
        #expect(starts(frames) == [0, 5])
    }

    @Test func cutsInARow() {
        #expect(starts((0..<6).map { TestFrames.scene(seed: UInt64($0 * 31)) }) == [0, 1, 2, 3, 4, 5])
    }

    @Test func aCutInADarkScene() {
        let frames =
            (0..<4).map { TestFrames.scene(seed: 1, shift: $0, gain: 0.4) }
            + (0..<4).map { TestFrames.scene(seed: 2, shift: $0, gain: 0.4) }
        #expect(starts(frames) == [0, 4])
    }

    @Test(arguments: [1.3, 1.6, 2.0]) func flashesAreNoCuts(gain: Double) {
        let frames = (0..<12).map {
            TestFrames.scene(seed: 3, shift: $0, gain: $0 == 5 || $0 == 6 ? gain : 1, offset: $0 == 5 ? 0.1 : 0)
        }
        #expect(starts(frames) == [0])
    }

    @Test func fadesAreNoCuts() {
        let fadeOut = (0..<12).map { TestFrames.scene(seed: 4, shift: $0, gain: 1 - Double($0) / 12) }
        let fadeIn = (0..<12).map { TestFrames.scene(seed: 4, shift: $0, gain: Double($0) / 12) }
        #expect(starts(fadeOut) == [0])
        #expect(starts(fadeIn) == [0])
    }

    @Test func fromBlackAtOnceIsACut() {
        let frames = (0..<6).map { TestFrames.scene(seed: 4, shift: $0, gain: $0 < 3 ? 0 : 1) }
        #expect(starts(frames) == [0, 3])
    }

    @Test func aCrossFadeIsNoCut() {
        func mix(_ a: Frame, _ b: Frame, _ share: Double) -> Frame {
            TestPictures.frame(a.size, .gray()) { _, x, y in
                func red(_ frame: Frame) -> Double {
                    frame.withPlane(0) {
                        Double($0.base.load(fromByteOffset: y * $0.strideBytes + 3 * x, as: UInt8.self))
                    }
                }
                return Int(red(a) * (1 - share) + red(b) * share)
            }
        }
        let (a, b) = (TestFrames.scene(seed: 5), TestFrames.scene(seed: 6))
        #expect(starts((0...10).map { mix(a, b, Double($0) / 10) }) == [0])
    }

    @Test(arguments: [2, 4]) func fastPansAreNoCuts(speed: Int) {
        #expect(starts((0..<20).map { TestFrames.scene(seed: 7, shift: $0 * speed) }) == [0])
    }

    @Test func noiseOnAFlatPictureIsNoCut() {
        var random = SeededRandom(seed: 8)
        let frames = (0..<6).map { _ in
            TestPictures.frame(Size(width: 64, height: 36), .gray()) { _, _, _ in
                Int.random(in: 100...104, using: &random)
            }
        }
        #expect(starts(frames) == [0])
    }

    @Test func anotherSizeIsANewShot() {
        let frames = [
            TestFrames.scene(seed: 9), TestFrames.scene(seed: 9),
            TestFrames.scene(seed: 9, size: Size(width: 72, height: 128)),
        ]
        #expect(starts(frames) == [0, 2])
    }

    @Test func tinyFrames() {
        let frames = (0..<3).map { _ in TestFrames.scene(seed: 1, size: Size(width: 1, height: 1)) }
        #expect(starts(frames) == [0])
    }
}
