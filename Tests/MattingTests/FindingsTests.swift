import Foundation
import Frames
import Inference
import Matting
import Models
import Pixels
import TestSupport
import Testing

/// Networks of processes that leave each other findings give the bits of one that is alone.
struct FindingsTests {
    /// Three frames' alpha and colours.
    private func mattes(_ model: InstalledModel, _ findings: String?, ratio: Double? = nil) throws -> [[Float]] {
        InstalledRuntime.located
        var inference = InferenceOptions(engine: "openvino", threads: 1)
        inference.findings = findings
        let network = try MattingNetworks.make(
            model: model, inference: inference, ratio: ratio, notice: { Issue.record("\($0)") })
        return try (0..<3 as Range<UInt64>).flatMap { seed in
            let frame = TestFrames.scene(seed: seed, size: Size(width: 96, height: 54))
            let dense = try network.matte(frame).dense(for: frame)
            return [dense.alpha, dense.foreground].compactMap { $0?.withFloats(Array.init) }
        }
    }

    private func check(_ model: InstalledModel, ratio: Double? = nil, damages: Bool = true) throws {
        let folder = try TemporaryFolder()
        let alone = try mattes(model, nil, ratio: ratio)
        for _ in 0..<2 { #expect(try mattes(model, folder.path(""), ratio: ratio) == alone) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(""))
        #expect(!names.isEmpty)
        guard damages else { return }
        // What is damaged is made anew, and found by the next.
        for name in names {
            let url = URL(fileURLWithPath: folder.path("") + "/" + name)
            var bytes = try Data(contentsOf: url)
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: url)
        }
        for _ in 0..<2 { #expect(try mattes(model, folder.path(""), ratio: ratio) == alone) }
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder.path(""))) == Set(names))
    }

    @Test func aRecurrentNetwork() throws {
        let tiny = try TinyModel(TinyOnnx.guidedFilter(), kind: "recurrent", card: TinyModel.recurrentPorts)
        try check(tiny.model, ratio: 0.5)
    }

    @Test func aNetworkWithoutMemory() throws {
        let tiny = try TinyModel(TinyOnnx.portrait(gain: 0.4), kind: "portrait")
        try check(tiny.model)
    }

    @Test func theRealNetwork() throws {
        let catalog = ModelCatalog(notice: { _ in })
        let card = try catalog.card(named: ModelCatalog.defaultModel)
        try check(InstalledModel(card: card, path: try RealModel.path()), damages: false)
    }
}
