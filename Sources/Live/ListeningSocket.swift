import Frames
import Glibc

/// A Unix socket that listens, for its user alone, until it is let go of.
final class ListeningSocket: Sendable {
    let path: String
    let descriptor: Descriptor
    private let isNamed = Protected(true)

    /// Binds the name; one that a process left behind that is no more is taken over.
    ///
    /// - Throws: `.usage` for a path that is too long, `.cannotCreate` where the name is taken or its folder missing.
    init(path: String) throws(MatteError) {
        self.path = path
        descriptor = try Self.open(path)
    }

    deinit { remove() }

    /// Takes the name away; once, since it may be another show's afterwards.
    func remove() {
        let isOurs = isNamed.withLock { isNamed in
            defer { isNamed = false }
            return isNamed
        }
        if isOurs { unlink(path) }
    }

    /// The next client, if it belongs to our user or to root.
    func accept() -> Descriptor? {
        guard let client = Descriptor(Glibc.accept(descriptor.number, nil, nil)) else { return nil }
        _ = fcntl(client.number, F_SETFD, FD_CLOEXEC)
        // `struct ucred` of unix(7), which Swift's Glibc does not show: process, user, group.
        var peer: (process: Int32, user: UInt32, group: UInt32) = (0, .max, .max)
        var length = socklen_t(MemoryLayout.size(ofValue: peer))
        guard getsockopt(client.number, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 else { return nil }
        return peer.user == geteuid() || peer.user == 0 ? client : nil
    }

    private static func open(_ path: String) throws(MatteError) -> Descriptor {
        let address = try SocketAddress(path: path)
        guard let socket = makeSocket() else { throw failure(path, "no socket can be made") }
        // On Linux the name gets the mode of the socket, so that there is no moment in which others may open it.
        guard fchmod(socket.number, 0o600) == 0 else { throw failure(path, "its mode cannot be set") }
        if !bind(socket, address) {
            guard errno == EADDRINUSE else { throw failure(path, String(cString: strerror(errno))) }
            try removeStale(path, address)
            guard bind(socket, address) else { throw failure(path, String(cString: strerror(errno))) }
        }
        guard listen(socket.number, 8) == 0 else { throw failure(path, String(cString: strerror(errno))) }
        return socket
    }

    static func makeSocket() -> Descriptor? {
        Descriptor(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    }

    private static func bind(_ socket: Descriptor, _ address: SocketAddress) -> Bool {
        address.with { Glibc.bind(socket.number, $0, $1) == 0 }
    }

    private static func removeStale(_ path: String, _ address: SocketAddress) throws(MatteError) {
        var facts = stat()
        guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFSOCK else {
            throw MatteError(
                .cannotCreate, "'\(path)' exists and is not a socket", advice: "choose another --control")
        }
        guard let probe = makeSocket() else { throw failure(path, "no socket can be made") }
        let connected = address.with { connect(probe.number, $0, $1) == 0 }
        guard !connected, errno == ECONNREFUSED else {
            throw MatteError(
                .cannotCreate, "another 'matte live' listens on '\(path)'",
                advice: "end it with 'matte ctl quit', or give this one another --control")
        }
        unlink(path)
    }

    private static func failure(_ path: String, _ words: String) -> MatteError {
        MatteError(
            .cannotCreate, "cannot listen on '\(path)': \(words)", advice: "choose another --control, or 'none'")
    }
}
