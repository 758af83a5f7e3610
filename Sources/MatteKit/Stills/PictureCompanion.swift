import Decoding
import Foundation
import Frames

/// A file that goes with each of many pictures, such as its trimap: one for all, or a folder of them, which are found by the
/// pictures' names.
struct PictureCompanion {
    private let path: String
    /// What it is, for messages.
    private let what: String
    /// Nil for one file.
    private let files: [String]?

    /// - Throws: `.badInput` for a folder without pictures, `.noInput` for one that may not be read.
    init(_ path: String, what: String) throws {
        self.path = path
        self.what = what
        files = FileManager.default.isFolder(path) ? try PictureFolder.pictures(in: path) : nil
    }

    /// The one of the picture's very name, else the one that differs in the extension alone.
    ///
    /// - Throws: `.noInput` where the folder has none, `.badInput` where it has several.
    func file(for picture: String) throws(MatteError) -> String {
        guard let files else { return path }
        let name = Self.name(picture)
        if let same = files.first(where: { Self.name($0) == name }) { return same }
        let stem = (name as NSString).deletingPathExtension
        let alike = files.filter { (Self.name($0) as NSString).deletingPathExtension == stem }
        guard let first = alike.first else {
            throw MatteError(
                .noInput, "the folder '\(path)' has no \(what) for '\(picture)'",
                advice: "give it the picture's name, such as '\(stem).png'")
        }
        guard alike.count == 1 else {
            throw MatteError(
                .badInput, "the folder '\(path)' has \(alike.count) \(what) files for '\(picture)'",
                advice: "leave one of \(alike.map { "'\(Self.name($0))'" }.joined(separator: ", "))")
        }
        return first
    }

    private static func name(_ path: String) -> String { (path as NSString).lastPathComponent }
}
