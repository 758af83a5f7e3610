import FFmpeg
import Foundation
import Frames
import Models
import TestSupport

/// A models' folder, a folder of cards, and a folder that plays the server, all temporary.
struct TestStore {
    let folder: TemporaryFolder
    /// What the model's file should hold.
    let bytes: [UInt8]

    init(seed: UInt64 = 1, count: Int = 300_000) throws {
        folder = try TemporaryFolder()
        var random = SeededRandom(seed: seed)
        bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        for name in ["cards", "models", "server"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
    }

    var digest: String {
        get throws { try bytes.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) } }
    }

    var file: String { folder.path("models") + "/mine.onnx" }
    var part: String { file + ".part" }
    func url(_ name: String) -> String { "file://" + folder.path("server") + "/" + name }

    func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    func read(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    func serve(_ name: String, _ bytes: [UInt8]? = nil) throws {
        try write(bytes ?? self.bytes, to: folder.path("server") + "/" + name)
    }

    /// A card "mine" for the bytes.
    func writeCard(sources: [String], declaresLength: Bool = true) throws {
        let yaml = """
            name: mine
            title: A test's own
            kind: portrait
            sources: [\(sources.joined(separator: ", "))]
            sha256: \(try digest)
            \(declaresLength ? "bytes: \(bytes.count)" : "")
            licence: MIT
            commercial-use: yes
            """
        try write(Array(yaml.utf8), to: folder.path("cards") + "/mine.yaml")
    }

    func store(python: String = "/nonexistent/python") -> ModelStore {
        ModelStore(
            directory: folder.path("models"), catalog: ModelCatalog(userDirectory: folder.path("cards")),
            python: python)
    }
}
