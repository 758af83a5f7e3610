import Frames
import Matting
import TestSupport
import Testing

struct MattingStageTests {
    /// Writes down what it is asked; a frame is known by its first sample.
    private final class Recorder: MattingNetwork {
        var carriesState = true
        let engineName = "test"
        let deviceName = "paper"
        var log: [String] = []

        func reset() { log.append("reset") }

        func matte(_ frame: Frame) throws -> Matte {
            log.append("\(frame.code(0, 0, 0))")
            func flat(_ channels: Int) -> FloatImage {
                .init(size: frame.size, channels: channels) { $0.initialize(repeating: 0.5) }
            }
            return .dense(DenseMatte(picture: flat(3), alpha: flat(1), foreground: nil))
        }
    }

    /// Frames of one grey each. Steps of one are no cuts.
    private func frame(_ value: Int, side: Int = 4) -> Frame {
        TestPictures.frame(Size(width: side, height: side), .rgb24) { _, _, _ in value }
    }

    private func run(_ stage: MattingStage, _ frames: [Frame]) throws -> [MattedFrame] {
        var result: [MattedFrame] = []
        for frame in frames { try stage.process(frame) { result.append($0) } }
        try stage.finish { result.append($0) }
        return result
    }

    private func options(warmUp: Int, cuts: Bool = true) -> MattingOptions {
        var options = MattingOptions()
        options.warmUpFrames = warmUp
        options.resetsAtSceneCuts = cuts
        return options
    }

    @Test func warmingUpGoesBackwardsAndThenCounts() throws {
        let network = Recorder()
        let stage = MattingStage(network: network, options: options(warmUp: 3))
        var emitted: [Int] = []
        for value in 10..<15 {
            var count = 0
            try stage.process(frame(value)) { _ in count += 1 }
            emitted.append(count)
        }
        #expect(emitted == [0, 0, 3, 1, 1])
        #expect(network.log == ["reset", "12", "11", "10", "10", "11", "12", "13", "14"])
        #expect(stage.shotCount == 1)
    }

    @Test func aShortShotWarmsUpWithWhatThereIs() throws {
        let network = Recorder()
        // 10, 11 | 200, 201, 202, 203: the cut comes before three frames are held.
        let stage = MattingStage(network: network, options: options(warmUp: 3))
        let result = try run(stage, [10, 11, 200, 201, 202, 203].map { frame($0) })
        #expect(
            network.log == [
                "reset", "11", "10", "10", "11", "reset", "202", "201", "200", "200", "201", "202", "203",
            ])
        #expect(result.map(\.startsShot) == [true, false, true, false, false, false])
        #expect(stage.shotCount == 2)
        #expect(result.allSatisfy { $0.alpha.size == $0.frame.size })
    }

    @Test func theEndEndsTheWarmUp() throws {
        let network = Recorder()
        #expect(try run(MattingStage(network: network, options: options(warmUp: 8)), [frame(1)]).count == 1)
        #expect(network.log == ["reset", "1", "1"])
    }

    @Test func noWarmUpWithoutStateOrOnRequest() throws {
        for (carriesState, frames) in [(false, 8), (true, 0)] {
            let network = Recorder()
            network.carriesState = carriesState
            let stage = MattingStage(network: network, options: options(warmUp: frames))
            #expect(try run(stage, [frame(1), frame(2)]).count == 2)
            #expect(network.log == ["reset", "1", "2"])
        }
    }

    @Test func cutsCanBeIgnoredSizesCannot() throws {
        let network = Recorder()
        let stage = MattingStage(network: network, options: options(warmUp: 0, cuts: false))
        _ = try run(stage, [frame(1), frame(200), frame(3, side: 5)])
        #expect(network.log == ["reset", "1", "200", "reset", "3"])
        #expect(stage.shotCount == 2)
    }

    @Test func nothingInNothingOut() throws {
        #expect(try run(MattingStage(network: Recorder()), []).isEmpty)
    }

    @Test func edgesAreApplied() throws {
        var options = options(warmUp: 0)
        options.edges.levels = (0.6, 0.9)
        let result = try run(MattingStage(network: Recorder(), options: options), [frame(1)])
        #expect(result[0].alpha.withFloats { $0.allSatisfy { $0 == 0 } })
    }

    /// With a network whose state has an effect: the bits of the second shot are those of that shot alone.
    @Test(arguments: [0, 1, 3, 8]) func aShotDoesNotFeelTheOneBefore(warmUp: Int) throws {
        let tiny = try TinyModel.recurrent()
        let first = (0..<5).map { TestFrames.scene(seed: 1, shift: $0) }
        let second = (0..<6).map { TestFrames.scene(seed: 2, shift: $0) }
        func alphas(_ frames: [Frame]) throws -> [[Float]] {
            try run(MattingStage(network: tiny.network(), options: options(warmUp: warmUp)), frames)
                .map { $0.alpha.withFloats { Array($0) } }
        }
        let alone = try alphas(second)
        let joined = try alphas(first + second)
        #expect(joined.count == 11)
        #expect(Array(joined.suffix(6)) == alone)
        // The test can fail: without the reset the state of the first shot shows.
        let unreset = try run(
            MattingStage(network: tiny.network(), options: options(warmUp: warmUp, cuts: false)), first + second)
        #expect(unreset[5].alpha.withFloats { Array($0) } != alone[0])
    }
}
