import Foundation

/// Paths that mean the same file in every working folder.
enum AbsolutePath {
    /// Without following links: a plan may be read where they lead elsewhere.
    static func of(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        let parts = whole.split(separator: "/").filter { $0 != "." }
        // "a/../b" is left: a is perhaps a link.
        return "/" + parts.joined(separator: "/") + (path.hasSuffix("/") && !parts.isEmpty ? "/" : "")
    }
}
