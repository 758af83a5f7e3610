internal import Glibc

/// One spelling for all names of a file. Folders are looked up once, however many files lie in them.
struct ResolvedPaths {
    private var folders: [String: String] = [:]

    /// Links followed, without "." and "..". A last part that is not there yet may be named too.
    mutating func of(_ path: String) -> String {
        let file = FileName(path)
        guard !file.name.isEmpty, file.name != ".", file.name != ".." else { return Self.real(path) ?? path }
        var information = stat()
        // Of a file that is no link itself the folder says all.
        if lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFLNK, let whole = Self.real(path) {
            return whole
        }
        return FileName.join(folder(file.folder.isEmpty ? "." : file.folder), file.name)
    }

    /// Whether a path leads into a folder.
    mutating func isBelow(_ path: String, _ folder: String) -> Bool {
        guard FileKey(folder)?.isFolder == true else { return false }
        let above = of(folder)
        return of(path).hasPrefix(above == "/" ? above : above + "/")
    }

    private mutating func folder(_ path: String) -> String {
        if let known = folders[path] { return known }
        // One that is not there yet lies in one that is.
        let resolved = Self.real(path) ?? of(path)
        folders[path] = resolved
        return resolved
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
