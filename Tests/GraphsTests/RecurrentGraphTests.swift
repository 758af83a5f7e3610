import Foundation
import Graphs
import TestSupport
import Testing

struct RecurrentGraphTests {
    static let ports = RecurrentGraph.Ports(
        picture: "src", ratio: "downsample_ratio", alpha: "pha", foreground: "fgr")

    private func cut(_ bytes: [UInt8], ports: RecurrentGraph.Ports = ports) throws -> RecurrentGraph {
        try bytes.withUnsafeBytes { try RecurrentGraph(cutting: $0, ports: ports) }
    }

    @Test(arguments: [
        TinyOnnx.Form(), .init(casts: true), .init(isHalf: true), .init(isResidual: true),
        .init(isHalf: true, isResidual: true),
    ]) func theEndsAreFoundByWhatTheyDo(form: TinyOnnx.Form) throws {
        let casts = form.casts
        let graph = try cut(TinyOnnx.guidedFilter(form: form))
        #expect(graph.picture == "small_")
        #expect(graph.slope == (casts ? "slope__cast" : "slope_"))
        #expect(graph.offset == (casts ? "offset__cast" : "offset_"))
        let text = String(decoding: graph.bytes, as: Unicode.ASCII.self)
        // A name of a size that two ports share ties them together, once there are other nodes beside them.
        #expect(!text.contains("any"))
        for gone in ["src", "downsample_ratio", "fgr", "pha", "Resize", "Split", "Clip", "fixed_scales"] {
            #expect(!text.contains(gone), "\(gone)")
        }
        for kept in ["r1i", "r1o", "coefficients"] { #expect(text.contains(kept), "\(kept)") }
        // Said otherwise, see `rewriteIdioms`; a cast in between hides that the channels are the picture's.
        #expect(text.contains("HardSwish") == !form.isResidual && !text.contains("HardSigmoid"))
        #expect(text.contains("matte/sum") == !casts)
        // One Cast each for picture, slope, offset and the state in and out, where they are not of 32 bits.
        #expect(text.components(separatedBy: "matte/cast/").count - 1 == (form.isHalf ? 5 : 0))
        // What is cut cannot be cut again.
        #expect(throws: GraphMisfit.self) { try cut(Array(graph.bytes)) }
    }

    @Test(arguments: TinyOnnx.Deviation.allCases) func anotherGraphIsLeftAlone(deviation: TinyOnnx.Deviation) throws {
        #expect(throws: GraphMisfit.self) { try cut(TinyOnnx.guidedFilter(deviation)) }
    }

    @Test func otherNetworksAndNoNetworksAreLeftAlone() throws {
        for bytes in [
            TinyOnnx.recurrent(), TinyOnnx.portrait(), [], [0], Array("<html>".utf8),
            [UInt8](repeating: 0xFF, count: 64),
        ] {
            #expect(throws: GraphMisfit.self) { try cut(bytes) }
        }
        var ports = Self.ports
        ports.alpha = "fgr"
        #expect(throws: GraphMisfit.self) { try cut(TinyOnnx.guidedFilter(), ports: ports) }
        ports.alpha = "nothing"
        #expect(throws: GraphMisfit.self) { try cut(TinyOnnx.guidedFilter(), ports: ports) }
    }

    /// Whatever a file holds, it is cut or refused; a trap would end the test.
    @Test(arguments: 0..<8) func damagedFilesNeverTrap(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let sound = TinyOnnx.guidedFilter(form: .init(casts: seed % 2 == 1, isHalf: seed % 4 == 2))
        var refused = 0
        for _ in 0..<400 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 2: bytes.remove(at: place)
                default: bytes.removeSubrange(place..<min(place + 40, bytes.count))
                }
            }
            do {
                let graph = try cut(bytes)
                #expect(!graph.bytes.isEmpty)
            } catch is GraphMisfit {
                refused += 1
            }
        }
        #expect(refused > 100 && refused < 400)
    }

    @Test func whatIsSavedIsReadBack() throws {
        let graph = try cut(TinyOnnx.guidedFilter())
        let read = try RecurrentGraph(saved: graph.saved[...])
        #expect(read.bytes == graph.bytes && read.picture == graph.picture)
        #expect(read.slope == graph.slope && read.offset == graph.offset)
        #expect(throws: GraphMisfit.self) { try RecurrentGraph(saved: Array("one\ntwo\n".utf8)[...]) }
    }

    @Test func thePublishedGraphIsCut() throws {
        let published = try Data(contentsOf: URL(fileURLWithPath: try RealModel.path()))
        let start = ContinuousClock.now
        let graph = try cut(Array(published))
        let took = ContinuousClock.now - start
        let text = String(decoding: graph.bytes, as: Unicode.ASCII.self)
        // The four steps of the decoder, and three parts in the guided filter.
        #expect(text.components(separatedBy: "matte/conv_").count - 1 == 4 * 2 + 3)
        // The picture with its mean, the last layer parted and joined, and what the guided filter looks at.
        for gone in ["Concat_299", "Split_295", "Concat_300", "Concat_311"] { #expect(!text.contains(gone), "\(gone)") }
        #expect(text.components(separatedBy: "matte/transpose/").count - 1 == 8)
        #expect(text.components(separatedBy: "HardSwish").count == 21)
        #expect(graph.bytes.count < published.count && graph.bytes.count > published.count - 20_000)
        if let path = ProcessInfo.processInfo.environment["MATTE_TEST_CUT_GRAPH"] {
            try Data(graph.bytes).write(to: URL(fileURLWithPath: path))
            print("cut in \(took): \(graph.picture) \(graph.slope) \(graph.offset)")
        }
    }
}
