internal import Glibc

/// One spelling for all names of a file.
enum ResolvedPath {
    /// Links of the folders followed, without "." and "..". A last part that is not there yet may be named too.
    static func of(_ path: String) -> String {
        if let whole = real(path) { return whole }
        let file = FileName(path)
        let folder = file.folder.isEmpty ? "." : file.folder
        guard !file.name.isEmpty, file.name != ".", file.name != "..", folder != path else { return path }
        return FileName.join(of(folder), file.name)
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
