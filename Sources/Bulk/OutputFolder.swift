internal import Foundation
internal import Frames

/// Folders that outputs go to.
enum OutputFolder {
    /// Makes it, and those above it; one that is there is as good.
    static func make(_ path: String) throws(MatteError) {
        guard !path.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            if let key = FileKey(path), !key.isFolder {
                throw MatteError(.cannotCreate, "'\(path)' is no folder", advice: "choose another name with -o")
            }
            throw MatteError(
                .cannotCreate, "the folder '\(path)' cannot be made", advice: "choose a folder that you may write to")
        }
    }
}
