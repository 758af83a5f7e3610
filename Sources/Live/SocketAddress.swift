import Frames
import Glibc

/// The address of a Unix socket: a path, or with a leading NUL a name of Linux's own.
struct SocketAddress {
    private var address = sockaddr_un()
    private let length: socklen_t

    /// The most bytes of a path; the last byte is a NUL.
    static let mostPathBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// - Throws: `.usage` for a path that does not fit into an address.
    init(path: String) throws(MatteError) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.mostPathBytes, !bytes.contains(0) else {
            throw MatteError(
                .usage, "'\(path)' cannot be a socket: its path has \(bytes.count) bytes",
                advice: "choose one of 1 to \(Self.mostPathBytes) bytes")
        }
        self.init(bytes: bytes, terminated: true)
    }

    /// As systemd writes it: a path, or `@name`.
    init?(notifySocket name: String) {
        var bytes = Array(name.utf8)
        guard bytes.count > 1, bytes.count <= Self.mostPathBytes else { return nil }
        let isAbstract = bytes[0] == UInt8(ascii: "@")
        guard isAbstract || bytes[0] == UInt8(ascii: "/") else { return nil }
        if isAbstract { bytes[0] = 0 }
        self.init(bytes: bytes, terminated: !isAbstract)
    }

    private init(bytes: [UInt8], terminated: Bool) {
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let head = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        length = socklen_t(head + bytes.count + (terminated ? 1 : 0))
    }

    /// Calls a function of the system that takes an address.
    func with<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
