internal import FFmpeg
internal import Foundation

/// What workers leave for each other and for their run: what they found out about networks, and pictures for the report. It
/// lives as long as the run, since it holds for one machine and one version of everything.
///
/// Nobody else uses it: it is within the folder that the run has locked.
struct RunFolder: Sendable {
    /// Nil where it cannot be made: then workers find out everything for themselves.
    let path: String?

    /// Makes it, empty whatever a run that was killed has left.
    ///
    /// - Parameter folder: the run's.
    init(folder: String) {
        let path = FileName.join(folder, ".matte/run")
        try? FileManager.default.removeItem(atPath: path)
        self.path = (try? OutputFolder.make(path)) == nil ? nil : path
    }

    func remove() {
        if let path { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Where the clip's worker leaves its picture.
    func thumbnail(of clip: BulkClip) -> String? {
        guard let path, let digest = try? Array(clip.name.utf8).withUnsafeBytes({ try SHA256Digest.hexDigest(of: $0) })
        else { return nil }
        return FileName.join(path, digest + ".jpg")
    }

    /// What `matte run` and `matte work` are told as workers of a run.
    ///
    /// - Parameter threads: of the worker; one with a single thread has the others' for neighbours.
    func options(threads: Int) -> [String] {
        (threads == 1 ? ["--one-core"] : []) + (path.map { ["--findings=" + $0] } ?? [])
    }
}
