internal import Glibc

/// Keeps two programs from working on one folder: a lock (flock) on the folder itself, which the system takes back when
/// the last process that has it is gone, however it went.
public final class FolderLock: Sendable {
    /// A child process that inherits it keeps the folder locked for as long as it lives.
    public let descriptor: Int32

    /// - Parameter patienceSeconds: how long to wait for another program; nil for as long as it takes.
    /// - Throws: `.cannotCreate` where there is no such folder, `.tryAgain` where another program has it.
    public init(_ folder: String, patienceSeconds: Double? = nil) throws(MatteError) {
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else {
            throw MatteError(.cannotCreate, "the folder '\(folder)' cannot be opened", advice: "check its permissions")
        }
        if let patienceSeconds {
            let pauseSeconds = 0.05
            var waited = 0.0
            while flock(handle, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
                guard waited < patienceSeconds else {
                    close(handle)
                    throw MatteError(
                        .tryAgain, "another run is at work in '\(folder)'",
                        advice: "wait for its end, or choose another folder")
                }
                usleep(UInt32(pauseSeconds * 1_000_000))
                waited += pauseSeconds
            }
        } else {
            // A file system without locks is no reason to refuse.
            _ = flock(handle, LOCK_EX)
        }
        descriptor = handle
    }

    deinit { close(descriptor) }
}
