internal import Glibc

/// Waiting for several open files at once.
enum Polling {
    static func stopBlocking(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    /// Waits until one can be read, or has no writer any more, or time is over.
    static func wait(for descriptors: [Int32], milliseconds: Int32) {
        var list = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = poll(&list, nfds_t(list.count), milliseconds)
    }
}
