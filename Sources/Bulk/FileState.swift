internal import Glibc

/// What can be seen of a file without reading it.
struct FileState: Sendable, Hashable, Codable {
    let bytes: Int
    let inode: UInt
    /// Time of the last modification, in nanoseconds since 1970.
    let modified: Int
    let isRegular: Bool

    /// - Returns: nil where nothing has the name, links followed.
    init?(of path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        bytes = Int(information.st_size)
        inode = UInt(information.st_ino)
        modified = information.st_mtim.tv_sec * 1_000_000_000 + information.st_mtim.tv_nsec
        isRegular = information.st_mode & S_IFMT == S_IFREG
    }
}

/// Which folder or file a path leads to.
struct FileKey: Sendable, Hashable {
    let device: UInt
    let inode: UInt
    let isFolder: Bool

    init?(_ path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        device = UInt(information.st_dev)
        inode = UInt(information.st_ino)
        isFolder = information.st_mode & S_IFMT == S_IFDIR
    }
}
