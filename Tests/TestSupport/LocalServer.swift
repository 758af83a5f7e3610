public import Foundation
import Dispatch
import Frames
import Glibc

/// An HTTP server on the loopback interface for tests, one connection after the other.
public final class LocalServer: Sendable {
    public struct Failure: Error {}

    public let port: Int
    private let listener: Int32
    private let heard = Protected<[String]>([])

    /// - Parameter answer: the whole answer to a request's head; nil keeps the connection open without a word.
    public init(_ answer: @escaping @Sendable (_ request: String) -> Data?) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isReady = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, isReady else { throw Failure() }
        listener = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        let heard = heard
        DispatchQueue(label: "local-server").async {
            var silent: [Int32] = []
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                let request = Self.readHead(connection)
                heard.withLock { $0.append(request) }
                guard let data = answer(request) else {
                    silent.append(connection)
                    continue
                }
                data.withUnsafeBytes { bytes in
                    var sent = 0
                    while sent < bytes.count {
                        let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                        let count = send(connection, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                        guard count > 0 else { break }
                        sent += count
                    }
                }
                close(connection)
            }
            for connection in silent { close(connection) }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The heads of all requests so far.
    public var requests: [String] { heard.withLock { $0 } }

    private static func readHead(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer[..<count]
            if String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
