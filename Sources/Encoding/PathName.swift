internal import Glibc

/// Parts of a path's text.
package enum PathName {
    /// The folder (without a trailing slash, "." for none) and the last part, which is empty where the path ends in "/".
    package static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        var folder = Substring(path[..<slash])
        while folder.count > 1, folder.last == "/" { folder.removeLast() }
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }

    /// In small letters, without the dot; empty where there is none.
    package static func fileExtension(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    package static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}

/// What a path leads to, links followed.
enum FileType {
    case regular
    case folder
    /// A device, pipe or socket.
    case special

    /// - Returns: nil where there is nothing, or nothing that may be looked at.
    init?(path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        switch information.st_mode & S_IFMT {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .folder
        default: self = .special
        }
    }
}
