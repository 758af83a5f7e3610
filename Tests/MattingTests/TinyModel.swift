import FFmpeg
import Foundation
import Frames
import Inference
import Matting
import Models
import TestSupport

/// A network the test wrote itself, installed under a card.
struct TinyModel {
    let folder: TemporaryFolder
    let model: InstalledModel

    static let recurrentPorts = """
        inputs: { picture: src, ratio: downsample_ratio, states: [r1i] }
        outputs: { alpha: pha, foreground: fgr, states: [r1o] }
        """

    /// - Parameter card: further lines of the card.
    init(_ bytes: [UInt8], kind: String, card: String = "") throws {
        folder = try TemporaryFolder()
        let path = folder.path("tiny.onnx")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let digest = try bytes.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        let yaml = TinyOnnx.card(kind: kind, sha256: digest, card)
        model = InstalledModel(card: try ModelCard(yaml: yaml, file: "tiny.yaml"), path: path)
    }

    static func recurrent() throws -> TinyModel {
        try TinyModel(TinyOnnx.recurrent(), kind: "recurrent", card: recurrentPorts)
    }

    func network(
        ratio: Double? = nil, trimaps: TrimapSequence? = nil, notice: NoticeHandler = { _ in }
    ) throws -> any MattingNetwork {
        InstalledRuntime.located
        return try MattingNetworks.make(model: model, ratio: ratio, trimaps: trimaps, notice: notice)
    }
}

/// Frames for matting tests.
enum TestFrames {
    /// A textured grey-ish RGB frame: large soft shapes that a seed decides, moved by `shift` pixels and changed by
    /// `gain` and `offset` (of 0…1), clipped.
    static func scene(
        seed: UInt64, shift: Int = 0, gain: Double = 1, offset: Double = 0, size: Size = Size(width: 128, height: 72),
        index: Int = 0
    ) -> Frame {
        var random = SeededRandom(seed: seed)
        let waves = (0..<6).map { _ in
            (
                Double.random(in: -0.15...0.15, using: &random), Double.random(in: -0.15...0.15, using: &random),
                Double.random(in: 0...6.28, using: &random)
            )
        }
        return TestPictures.frame(
            size, .rgb24, timestamp: Timestamp(ticks: Int64(index), timeBase: Rational(1, 25))
        ) { component, x, y in
            var value = 0.45
            for (fx, fy, phase) in waves { value += 0.1 * sin(fx * Double(x + shift) + fy * Double(y) + phase) }
            value = value * gain + offset + 0.03 * Double(component)
            return Int(min(max(value, 0), 1) * 255)
        }
    }
}
