package import Frames
internal import Glibc

/// A file that is written under a hidden name beside its own, and gets its own when it is complete.
///
/// Used by one thread at a time. Letting go of it without `commit()` removes it.
package final class PendingFile {
    /// Where to write meanwhile.
    package let path: String
    private let target: String
    private let name: String
    private let overwrite: Bool
    private var descriptor: Int32 = -1
    private var isSettled = false

    /// - Throws: `.cannotCreate` where the name is taken (and may not be), or its folder cannot be written.
    package init(target asked: String, overwrite: Bool) throws(MatteError) {
        var target = asked
        var information = stat()
        if lstat(asked, &information) == 0 {
            guard overwrite else { throw FileFailure.exists(asked) }
            // A link keeps pointing at the file that is replaced.
            if let resolved = realpath(asked, nil) {
                target = String(cString: resolved)
                free(resolved)
            }
        }
        let (folder, name) = PathName.split(target)
        HiddenName.removeStale(for: name, in: folder)
        var path = ""
        repeat {
            path = PathName.join(folder, HiddenName.make(for: name))
            if descriptor >= 0 { close(descriptor) }
            descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 || errno == EEXIST else { throw FileFailure.cannotCreate(asked, code: errno) }
        } while descriptor < 0 || !HiddenName.lock(descriptor)
        self.path = path
        self.target = target
        self.name = asked
        self.overwrite = overwrite
    }

    deinit { discard() }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(MatteError) {
        try bytes.write(to: descriptor, of: name)
    }

    /// Flushes to the disk and renames. On failure nothing is left.
    package func commit() throws(MatteError) {
        defer { discard() }
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            throw FileFailure.broken(name, code: errno)
        }
        try Rename.file(path, to: target, overwrite: overwrite)
        isSettled = true
        Rename.flush(folder: PathName.split(target).folder)
    }

    package func discard() {
        if !isSettled { unlink(path) }
        isSettled = true
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}
