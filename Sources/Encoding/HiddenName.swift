internal import Frames
internal import Glibc
internal import Synchronization

/// Names for what is written beside an output until it is complete: ".clip.mp4.2166136261-4711-1.part". The numbers are
/// the machine's, the process's and a count.
///
/// The maker holds a lock (flock) on what it made, so that another run can tell a file in work from one that a killed
/// run left behind, whatever its process number. On storage that machines share, not every file system shows one machine
/// the locks of another; so each cleans up only behind itself.
package enum HiddenName {
    private static let count = Atomic<Int>(0)
    private static let suffix = ".part"
    /// The longest name that Linux file systems take (NAME_MAX).
    private static let longest = 255

    package static func make(for name: String) -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        let end = ".\(host)-\(getpid())-\(number)\(suffix)"
        return start(for: name) + end
    }

    /// A number for the machine's name: FNV-1a, 32 bits.
    private static let host: UInt32 = {
        var name = [CChar](repeating: 0, count: longest + 1)
        guard gethostname(&name, longest) == 0 else { return 0 }
        return name.prefix { $0 != 0 }.reduce(2_166_136_261) { ($0 ^ UInt32(UInt8(bitPattern: $1))) &* 16_777_619 }
    }()

    private static func start(for name: String) -> String {
        var start = "." + name
        while start.utf8.count > longest - 40 { start.removeLast() }
        return start
    }

    /// Removes what killed runs left of an output of this name.
    static func removeStale(for name: String, in folder: String) {
        let start = start(for: name) + ".\(host)-"
        for entry in FolderListing.names(in: folder) where entry.hasPrefix(start) && entry.hasSuffix(suffix) {
            let middle = entry.dropFirst(start.count).dropLast(suffix.count)
            guard !middle.isEmpty, middle.allSatisfy({ $0 == "-" || ($0.isASCII && $0.isNumber) }) else { continue }
            let path = PathName.join(folder, entry)
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { FolderListing.remove(path) }
            close(descriptor)
        }
    }

    /// Locks what was just made. False where another run took it for a stale one in that instant.
    static func lock(_ descriptor: Int32) -> Bool {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            // File systems without locks: nobody cleans there either.
            return errno != EWOULDBLOCK
        }
        var information = stat()
        return fstat(descriptor, &information) == 0 && information.st_nlink > 0
    }
}

/// Folders' contents.
enum FolderListing {
    /// Names without "." and "..", in no order; empty where the folder cannot be read.
    static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let text = String(cString: name)
            if text != ".", text != ".." { names.append(text) }
        }
        return names
    }

    /// Removes a file, or a folder with the files in it (not with folders in it: ours have none).
    static func remove(_ path: String) {
        guard unlink(path) != 0, errno == EISDIR || errno == EPERM else { return }
        for name in names(in: path) { unlink(PathName.join(path, name)) }
        rmdir(path)
    }
}
