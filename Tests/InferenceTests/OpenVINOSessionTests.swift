import Frames
import Glibc
import TestSupport
import Testing

@testable import Inference

/// What OpenVINO's sessions do besides what every engine does.
struct OpenVINOSessionTests {
    init() { InstalledRuntime.located }

    private func session(_ bytes: [UInt8]) throws -> any InferenceSession {
        try bytes.withUnsafeBytes {
            try OpenVINOEngine().makeSession(.bytes($0, name: "tiny.onnx"), options: .init(), notice: { _ in })
        }
    }

    private func picture(_ size: Size, seed: UInt64) -> FloatImage {
        FloatImage(size: size, channels: 3) { floats in
            var random = SeededRandom(seed: seed)
            for index in floats.indices { floats[index] = Float.random(in: 0...1, using: &random) }
        }
    }

    @Test func shapesOfResultsAreKnownBeforehand() throws {
        let session = try session(TinyOnnx.recurrent())
        let inputs = ["src": [1, 3, 20, 30], "r1i": [1, 1, 1, 1], "downsample_ratio": [1]]
        #expect(session.isFittedToShapes)
        #expect(session.outputShapes(["r1o"], forInputs: inputs) == [[1, 1, 20, 30]])
        #expect(session.outputShapes(["r1o", "fgr"], forInputs: ["r1i": [1, 1, 1, 1]]) == nil)
        #expect(session.outputShapes(["nothing"], forInputs: inputs) == nil)
    }

    /// Two blocks of memory take turns as the state, whatever the number of runs.
    @Test func statesAreSwapped() throws {
        let session = try session(TinyOnnx.recurrent())
        let size = Size(width: 16, height: 16)
        var state = Tensor(shape: [1, 1, 16, 16], values: [0])
        var places: [UnsafePointer<Float>?] = []
        for run in 0..<8 {
            state = try session.run(
                inputs: [
                    ("src", Tensor(picture(size, seed: UInt64(run)))), ("r1i", state),
                    ("downsample_ratio", Tensor(shape: [1], values: [0.5])),
                ], outputs: ["r1o"])[0]
            places.append(state.withFloats { $0.baseAddress })
        }
        #expect(Set(places).count == 2)
        #expect(places[7] == places[5] && places[7] != places[6])
    }

    /// Nothing that was given or taken is written over by later runs.
    @Test func resultsStayAsTheyWere() throws {
        let session = try session(TinyOnnx.portrait(gain: 0.5))
        var kept: [(result: Tensor, expected: [Float], input: Tensor, given: [Float])] = []
        for run in 0..<5 {
            let input = Tensor(picture(Size(width: 33, height: 7), seed: UInt64(run)))
            let result = try session.run(inputs: [("input", input)], outputs: ["output"])[0]
            kept.append((result, result.withFloats(Array.init), input, input.withFloats(Array.init)))
        }
        for (result, expected, input, given) in kept {
            #expect(result.withFloats(Array.init) == expected)
            #expect(input.withFloats(Array.init) == given)
        }
        #expect(Set(kept.map { $0.expected }).count == 5)
    }

    /// Ever new sizes end with a network that takes any, and give the same results as one made for the size.
    @Test func sizesMayChangeAtWill() throws {
        let changing = try session(TinyOnnx.portrait(gain: 0.3))
        for run in 0..<14 {
            let input = Tensor(picture(Size(width: 5 + 3 * run, height: 4 + run % 5), seed: UInt64(run)))
            let result = try changing.run(inputs: [("input", input)], outputs: ["output"])[0]
            let expected = try session(TinyOnnx.portrait(gain: 0.3))
                .run(inputs: [("input", input)], outputs: ["output"])[0]
            #expect(result.shape == expected.shape)
            #expect(result.withFloats(Array.init) == expected.withFloats(Array.init))
        }
    }

    /// A show whose network looks at smaller pictures now and then has it fitted each time, and one of them at a time.
    @Test func aSizeThatStaysIsFittedHoweverOftenItChanges() throws {
        let session = try #require(try session(TinyOnnx.portrait(gain: 0.3)) as? OpenVINOSession)
        for change in 0..<(2 * OpenVINOSession.mostVainFittings) {
            let input = Tensor(picture(Size(width: 8 + change % 5, height: 6), seed: 1))
            for _ in 0...OpenVINOSession.leastRunsOfFitting {
                _ = try session.run(inputs: [("input", input)], outputs: ["output"])
            }
            #expect(!session.takesAnySize)
        }
    }

    /// Pictures of ever new sizes are not: they would wait for a fitting each.
    @Test func sizesThatDoNotStayAreNotFitted() throws {
        let session = try #require(try session(TinyOnnx.portrait(gain: 0.3)) as? OpenVINOSession)
        for change in 0...OpenVINOSession.mostVainFittings {
            #expect(!session.takesAnySize)
            let input = Tensor(picture(Size(width: 8 + change, height: 6), seed: 1))
            _ = try session.run(inputs: [("input", input)], outputs: ["output"])
        }
        #expect(session.takesAnySize)
    }

    /// Kernels of networks that were let go would stay in the process otherwise, for each size that ever was.
    @Test func nothingIsKeptOfNetworksThatWereLetGo() throws {
        _ = try session(TinyOnnx.portrait(gain: 0.3))
        let capacity = try #require(getenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY"))
        #expect(String(cString: capacity) == "0")
    }
}
