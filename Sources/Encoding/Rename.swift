package import Frames
internal import Glibc

/// Gives a finished file or folder its name in one step.
package enum Rename {
    /// - Parameter overwrite: without this, a file that has the name `target` stays as it is.
    package static func file(_ source: String, to target: String, overwrite: Bool) throws(MatteError) {
        if overwrite {
            guard rename(source, target) == 0 else { throw FileFailure.cannotCreate(target, code: errno) }
            return
        }
        // Unlike a rename, a second link to the file never replaces anything.
        let code = link(source, target) == 0 ? 0 : errno
        // A server's answer that was lost makes NFS ask again, and then say "exists" of what it has just made.
        if code == 0 || code == EEXIST && hasSecondName(source) {
            unlink(source)
            return
        }
        switch code {
        case EPERM, ENOTSUP, EMLINK, ENOSYS: try reserveAndRename(source, to: target)  // no hard links there
        default: throw FileFailure.cannotCreate(target, code: code)
        }
    }

    private static func hasSecondName(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0 && information.st_nlink > 1
    }

    /// A folder with something in it is never replaced, an empty one is.
    package static func folder(_ source: String, to target: String) throws(MatteError) {
        guard rename(source, target) == 0 else {
            let taken = errno == ENOTEMPTY || errno == ENOTDIR
            throw taken ? FileFailure.exists(target) : FileFailure.cannotCreate(target, code: errno)
        }
    }

    /// For file systems without hard links: for an instant an empty file of ours has the name.
    private static func reserveAndRename(_ source: String, to target: String) throws(MatteError) {
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileFailure.cannotCreate(target, code: errno) }
        close(descriptor)
        guard rename(source, target) == 0 else {
            let code = errno
            unlink(target)
            throw FileFailure.cannotCreate(target, code: code)
        }
    }

    /// Makes names in a folder survive a power cut; where the file system cannot, nothing is lost but that.
    package static func flush(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
