import Frames
import TestSupport
import Testing

@testable import Inference

/// Sessions that leave each other what they found out about one network give what each would give for itself.
struct SharedModelTests {
    private let findings = KeptFindings()
    private let timesRead = Protected(0)

    init() { InstalledRuntime.located }

    private func session(
        _ bytes: [UInt8] = TinyOnnx.recurrent(), identity: String = "tiny", engine: String = "openvino",
        threads: Int = 1, precision: Precision? = nil
    ) throws -> any InferenceSession {
        let model = SharedModel(name: "tiny.onnx", identity: identity, findings: findings) {
            timesRead.withLock { $0 += 1 }
            return bytes[...]
        }
        return try Engines.make(engine).makeSession(
            .shared(model), options: InferenceOptions(threads: threads, precision: precision),
            notice: { Issue.record("\($0)") })
    }

    private var reads: Int { timesRead.withLock { $0 } }

    /// Three runs with the state, of pictures of one size.
    private func run(_ session: any InferenceSession, _ size: Size = Size(width: 48, height: 32)) throws -> [[Float]] {
        let shapes = ["src": [1, 3, size.height, size.width], "r1i": [1, 1, 1, 1], "downsample_ratio": [1]]
        let state = session.outputShapes(["r1o"], forInputs: shapes)?.first ?? [1, 1, 1, 1]
        var memory = Tensor(shape: state, values: [0])
        return try (0..<3 as Range<UInt64>).flatMap { seed in
            let picture = FloatImage(size: size, channels: 3) { floats in
                var random = SeededRandom(seed: seed)
                for index in floats.indices { floats[index] = Float.random(in: 0...1, using: &random) }
            }
            let results = try session.run(
                inputs: [
                    ("src", Tensor(picture)), ("r1i", memory), ("downsample_ratio", Tensor(shape: [1], values: [0.5])),
                ], outputs: ["pha", "fgr", "r1o"])
            memory = results[2]
            return results.map { $0.withFloats(Array.init) }
        }
    }

    @Test func theSecondSessionReadsNothingAndGivesTheSameBits() throws {
        let first = try session()
        let expected = try run(first)
        #expect(reads == 1 && findings.count > 0)
        let second = try session()
        #expect(second.inputs == first.inputs && second.outputs == first.outputs)
        #expect(second.deviceName == first.deviceName && second.isFittedToShapes)
        #expect(try run(second) == expected)
        #expect(reads == 1)
        let alone = try TinyOnnx.recurrent().withUnsafeBytes {
            try Engines.make("openvino").makeSession(
                .bytes($0, name: "tiny.onnx"), options: InferenceOptions(threads: 1), notice: { _ in })
        }
        #expect(try run(alone) == expected)
    }

    /// What nobody has found out yet is found out from the file, also in the middle of a clip.
    @Test func anotherSizeIsFittedAnew() throws {
        _ = try run(try session())
        let second = try session()
        _ = try run(second)
        let (before, other) = (reads, Size(width: 20, height: 12))
        let results = try run(second, other)
        #expect(reads == before + 1)
        let third = try session()
        #expect(try run(third, other) == results && reads == before + 1)
    }

    @Test func otherNetworksThreadsAndPrecisionsAreOtherFindings() throws {
        let expected = try run(try session())
        // The faster arithmetic gives other numbers where the processor has it.
        _ = try run(try session(precision: .fast))
        #expect(try run(try session(precision: .exact)) == expected)
        let before = reads
        #expect(try run(try session(threads: 2)) == expected)
        #expect(reads == before + 1)
        let portrait = try session(TinyOnnx.portrait(), identity: "other")
        #expect(portrait.outputs.map(\.name) == ["output"])
    }

    /// A session that imports says how networks are to run to the library as a whole, in which others compile theirs.
    @Test func importingChangesNothingForOthers() throws {
        let exact = try run(try session())
        let fast = try run(try session(precision: .fast))
        _ = try run(try session(precision: .fast))
        let alone = try TinyOnnx.recurrent().withUnsafeBytes {
            try Engines.make("openvino").makeSession(.bytes($0, name: "tiny.onnx"), options: .init(), notice: { _ in })
        }
        #expect(try run(alone) == exact)
        _ = try run(try session())
        #expect(try run(try session(precision: .fast)) == fast)
    }

    /// Nobody may rely on them.
    @Test(arguments: [[], Array("{}".utf8), Array(repeating: 7, count: 5000)] as [[UInt8]])
    func findingsThatSayNothingAreNoObstacle(bytes: [UInt8]) throws {
        let expected = try run(try session())
        findings.replaceAll(with: bytes)
        #expect(try run(try session()) == expected)
    }

    @Test func anEngineWithoutFindingsReadsTheFile() throws {
        let expected = try run(try session(engine: "onnxruntime"))
        #expect(try run(try session(engine: "onnxruntime")) == expected)
        #expect(reads == 2 && findings.count == 0)
    }

    @Test func aBadFileIsRefusedHereToo() {
        #expect { try session(Array("garbage".utf8)) } throws: { ($0 as? MatteError)?.kind == .badInput }
        #expect(findings.count == 0)
    }
}

/// Findings in memory.
private final class KeptFindings: SharedFindings {
    private let kept = Protected<[String: [UInt8]]>([:])

    var count: Int { kept.withLock { $0.count } }

    func bytes(for key: String) -> ArraySlice<UInt8>? { kept.withLock { $0[key] }.map { $0[...] } }

    func keep(_ bytes: UnsafeRawBufferPointer, for key: String) {
        let bytes = Array(bytes)
        kept.withLock { $0[key] = bytes }
    }

    func replaceAll(with bytes: [UInt8]) { kept.withLock { kept in kept = kept.mapValues { _ in bytes } } }
}
