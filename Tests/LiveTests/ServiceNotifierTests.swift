import Foundation
import Glibc
import TestSupport
import Testing

@testable import Live

@Suite(.timeLimit(.minutes(20)))
struct ServiceNotifierTests {
    /// systemd's end: what arrives at a datagram socket.
    private struct Manager {
        let socket: Descriptor

        init(_ name: String) throws {
            let address = try #require(SocketAddress(notifySocket: name))
            socket = try #require(Descriptor(Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)))
            #expect(address.with { bind(socket.number, $0, $1) } == 0)
        }

        /// All messages that wait.
        func heard() -> [String] {
            var messages: [String] = []
            var buffer = [UInt8](repeating: 0, count: 512)
            while true {
                let count = recv(socket.number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                guard count > 0 else { return messages }
                messages.append(String(decoding: buffer[..<count], as: UTF8.self))
            }
        }
    }

    @Test(arguments: [false, true])
    func systemdHearsOfTheServicesLife(isAbstract: Bool) throws {
        let folder = try TemporaryFolder()
        let name = isAbstract ? "@matte-test-\(getpid())" : folder.path("notify")
        let manager = try Manager(name)
        let service = ServiceNotifier(environment: [
            "NOTIFY_SOCKET": name, "WATCHDOG_USEC": "40000000", "WATCHDOG_PID": "\(getpid())",
        ])
        service.ready()
        service.status("live")
        for _ in 0..<100 { service.alive() }
        service.stopping()
        #expect(manager.heard() == ["READY=1", "STATUS=live", "WATCHDOG=1", "STOPPING=1"])
    }

    @Test func withoutSystemdNothingIsSent() throws {
        ServiceNotifier(environment: [:]).ready()
        ServiceNotifier(environment: ["NOTIFY_SOCKET": "/nowhere/at/all"]).ready()
        ServiceNotifier(environment: ["NOTIFY_SOCKET": "relative"]).ready()
        let folder = try TemporaryFolder()
        let manager = try Manager(folder.path("n"))
        let other = ServiceNotifier(environment: [
            "NOTIFY_SOCKET": folder.path("n"), "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1",
        ])
        other.alive()
        #expect(manager.heard().isEmpty)
    }
}
