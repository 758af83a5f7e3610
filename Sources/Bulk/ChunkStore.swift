internal import FFmpeg
internal import Foundation
internal import Frames
internal import Shards

/// Where the chunks of clips that are cut are kept, until the clip is done: a folder for each clip, and in it a plan for
/// what the clip's result depends on. So chunks of an earlier run count only where they fit.
struct ChunkStore {
    private let root: String

    /// - Parameter folder: the run's.
    init(folder: String) { root = FileName.join(folder, ".matte/chunks") }

    /// The folder of the clip's plan, which need not be there.
    func plan(of clip: BulkClip, _ fingerprint: Fingerprint) throws -> String {
        FileName.join(try place(of: clip), String(fingerprint.sha256.prefix(32)))
    }

    /// Makes room for a plan; an older one of the clip is removed.
    func makeRoom(for clip: BulkClip) throws {
        remove(clip)
        try OutputFolder.make(try place(of: clip))
    }

    /// Removes what is kept of the clip.
    func remove(_ clip: BulkClip) {
        guard let place = try? place(of: clip) else { return }
        Self.remove(place)
        rmdir(root)
    }

    /// Removes what is kept of any others.
    ///
    /// - Parameter names: `BulkClip.name`.
    func keepOnly(_ names: some Sequence<String>) {
        let kept = Set(names.compactMap { try? Self.key(of: $0) })
        for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] where !kept.contains(name) {
            Self.remove(FileName.join(root, name))
        }
        rmdir(root)
    }

    /// Plans first: what is left, should the program be killed meanwhile, is no plan any more.
    private static func remove(_ place: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] {
            unlink(FileName.join(place, name + "/plan.jsonl"))
        }
        try? FileManager.default.removeItem(atPath: place)
    }

    private func place(of clip: BulkClip) throws -> String { FileName.join(root, try Self.key(of: clip.name)) }

    private static func key(of name: String) throws -> String {
        try Array(name.utf8).withUnsafeBytes { String(try SHA256Digest.hexDigest(of: $0).prefix(32)) }
    }
}
