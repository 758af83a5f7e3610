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
            throw MatteError(
                .cannotCreate, "the folder '\(path)' cannot be made", advice: "choose a folder that you may write to")
        }
    }
}
