import Decoding
import Foundation
import Frames

/// Two folders of pictures are compared in the order of their names; this tells where the names do not go together.
enum PictureNames {
    /// - Throws: `.badInput` where one folder has a picture that the other has not.
    static func check(_ predicted: String, _ truth: String, frameLimit: Int?, notice: NoticeHandler) throws {
        guard let own = try names(in: predicted), let other = try names(in: truth) else { return }
        let most = frameLimit ?? .max
        guard own.count == other.count || min(own.count, other.count) >= most else {
            let (long, short) = own.count > other.count ? (own, other) : (other, own)
            let (longPath, shortPath) = own.count > other.count ? (predicted, truth) : (truth, predicted)
            let missing = long.first { !Set(short).contains($0) }
            throw MatteError(
                .badInput,
                "'\(longPath)' holds \(long.count) pictures and '\(shortPath)' \(short.count)"
                    + (missing.map { "; '\(shortPath)' has no '\($0)'" } ?? ""),
                advice: "give both the same pictures, or compare the first with --frames")
        }
        if let index = own.indices.prefix(most).first(where: { own[$0] != other[$0] }) {
            notice("pictures are compared in order: '\(own[index])' with '\(other[index])', and so on")
        }
    }

    /// Without extensions, in the order of reading; nil for what is no folder.
    private static func names(in path: String) throws -> [String]? {
        guard FileManager.default.isFolder(path) else { return nil }
        return try PictureFolder.pictures(in: path).map {
            (($0 as NSString).lastPathComponent as NSString).deletingPathExtension
        }
    }
}
