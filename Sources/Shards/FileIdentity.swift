import Frames
import Glibc

/// What the system says about a file without reading it.
struct FileIdentity {
    /// Size, inode, and both times in nanoseconds. The device's number is left out: machines that share storage give it
    /// numbers of their own.
    let text: String
    /// Whether the file was last touched long enough ago that a write from now on will show in its times.
    let isSettled: Bool

    /// Seconds; the coarsest clock of a file system (FAT's).
    private static let coarsestClock = 2

    /// - Throws: `.noInput` where nothing is there, `.badInput` for what is no file.
    init(of path: String) throws(MatteError) {
        var information = stat()
        guard stat(path, &information) == 0 else {
            throw MatteError(.noInput, "cannot read '\(path)'", advice: "check that it is there and may be read")
        }
        // Reading one would wait for whoever writes into it, and take away what the next reader needs.
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw MatteError(
                .badInput, "'\(path)' is a pipe or a device, which cannot be read twice",
                advice: "copy what it gives into a file, or use `matte run`")
        }
        func nanoseconds(_ time: timespec) -> String { "\(time.tv_sec).\(time.tv_nsec)" }
        let (modified, changed) = (information.st_mtim, information.st_ctim)
        text = "\(information.st_size) \(information.st_ino) \(nanoseconds(modified)) \(nanoseconds(changed))"
        let latest = max(modified.tv_sec, changed.tv_sec)
        isSettled = latest + Self.coarsestClock < time(nil)
    }
}
