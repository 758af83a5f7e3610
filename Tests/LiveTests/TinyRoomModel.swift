import FFmpeg
import Foundation
import Frames
import Inference
import Live
import Matting
import Models
import TestSupport

/// A model of kind `plate` whose graph takes for a person what is not as in the room's picture.
struct TinyRoomModel {
    private let folder: TemporaryFolder
    private let model: InstalledModel

    init() throws {
        InstalledRuntime.located
        folder = try TemporaryFolder()
        let bytes = TinyOnnx.plate(gain: 8)
        let path = folder.path("tiny.onnx")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let digest = try bytes.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        let card = TinyOnnx.card(kind: "plate", sha256: digest, TinyOnnx.platePorts)
        model = InstalledModel(card: try ModelCard(yaml: card, file: "tiny.yaml"), path: path)
    }

    func network() throws -> LiveNetwork {
        let model = model
        return try LiveNetwork(model: "tiny", options: MattingOptions()) {
            // These tests run under the thread sanitizer, too, which does not bear OpenVINO's libraries.
            try MattingNetworks.make(
                model: model, inference: InferenceOptions(engine: "onnxruntime", threads: 1), plateFollows: true)
        }
    }
}
