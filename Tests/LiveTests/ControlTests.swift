import Foundation
import Frames
import Glibc
import TestSupport
import Testing

@testable import Live

@Suite(.timeLimit(.minutes(20)))
struct ControlTests {
    private struct Served {
        let server: ControlServer
        let path: String
    }

    /// A server that says what it was asked.
    private func server(_ path: String, asked: Protected<[ControlRequest]> = Protected([])) throws -> Served {
        let server = ControlServer(try ListeningSocket(path: path)) { request in
            asked.withLock { $0.append(request) }
            return request.command == .preset
                ? ControlReply(MatteError(.usage, "there is no preset '\(request.value ?? "")'")) : .done
        }
        return Served(server: server, path: path)
    }

    private func raw(_ path: String, _ bytes: [UInt8]) throws -> String {
        let address = try SocketAddress(path: path)
        let socket = try #require(ListeningSocket.makeSocket())
        #expect(address.with { connect(socket.number, $0, $1) } == 0)
        _ = send(socket.number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket.number, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    @Test func aRequestIsAnsweredAndARefusalKeepsItsKind() throws {
        let folder = try TemporaryFolder()
        let asked = Protected<[ControlRequest]>([])
        let server = try server(folder.path("s"), asked: asked)
        #expect(try ControlClient.ask(ControlRequest(.mirror, value: "on"), at: server.path).ok)
        #expect(asked.withLock { $0 } == [ControlRequest(.mirror, value: "on")])
        #expect(throws: MatteError(.usage, "there is no preset 'x'")) {
            _ = try ControlClient.ask(ControlRequest(.preset, value: "x"), at: server.path)
        }
    }

    @Test func onlyTheUserMayOpenItAndItIsRemovedAtTheEnd() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        do {
            let server = try server(path)
            var facts = stat()
            #expect(lstat(server.path, &facts) == 0)
            #expect(facts.st_mode & 0o777 == 0o600)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func garbageIsAnsweredAndTheServerGoesOn() throws {
        let folder = try TemporaryFolder()
        let server = try server(folder.path("s"))
        var random = SeededRandom(seed: 7)
        let lines: [[UInt8]] = [
            Array("hello\n".utf8), Array("{}\n".utf8), Array(#"{"command":"fly"}"#.utf8) + [10],
            Array(#"{"command":["pause"]}"#.utf8) + [10], [0xFF, 0xFE, 0, 10], [10],
            (0..<500).map { _ in UInt8.random(in: 11...255, using: &random) } + [10],
        ]
        for line in lines {
            let answer = try raw(server.path, line)
            #expect(answer.contains("\"ok\":false"), "\(answer)")
            #expect(answer.contains("\"exitStatus\":64"), "\(answer)")
        }
        #expect(try raw(server.path, [UInt8](repeating: 65, count: 70_000)).contains("no request"))
        #expect(try ControlClient.ask(ControlRequest(.pause), at: server.path).ok)
    }

    @Test func severalLinesInOnePieceAndOneInSeveralAreAllAnswered() throws {
        let folder = try TemporaryFolder()
        let asked = Protected<[ControlRequest]>([])
        let server = try server(folder.path("s"), asked: asked)
        let line = Array(#"{"command":"pause"}"#.utf8)
        _ = try raw(server.path, line + [10] + line + [10])
        let address = try SocketAddress(path: server.path)
        let socket = try #require(ListeningSocket.makeSocket())
        #expect(address.with { connect(socket.number, $0, $1) } == 0)
        for byte in line + [10] { _ = send(socket.number, [byte], 1, Int32(MSG_NOSIGNAL)) }
        var buffer = [UInt8](repeating: 0, count: 100)
        #expect(recv(socket.number, &buffer, buffer.count, 0) > 0)
        let deadline = Date().addingTimeInterval(20)
        while asked.withLock({ $0.count }) < 3, Date() < deadline { usleep(1000) }
        #expect(asked.withLock { $0.count } == 3)
    }

    @Test func silentClientsDoNotKeepOthersOut() throws {
        let folder = try TemporaryFolder()
        let server = try server(folder.path("s"))
        let address = try SocketAddress(path: server.path)
        var silent: [Descriptor] = []
        for _ in 0..<8 {
            let socket = try #require(ListeningSocket.makeSocket())
            #expect(address.with { connect(socket.number, $0, $1) } == 0)
            silent.append(socket)
        }
        #expect(try ControlClient.ask(ControlRequest(.pause), at: server.path).ok)
    }

    @Test func oneClientTooManyIsToldSo() throws {
        let folder = try TemporaryFolder()
        let server = try server(folder.path("s"))
        let address = try SocketAddress(path: server.path)
        let silent = try (0..<16).map { _ in try #require(ListeningSocket.makeSocket()) }
        for socket in silent { #expect(address.with { connect(socket.number, $0, $1) } == 0) }
        #expect(
            throws: MatteError(
                .missingPart, "too many programs talk to this 'matte live' at a time; try again")
        ) { _ = try ControlClient.ask(ControlRequest(.pause), at: server.path) }
    }

    @Test func aSocketThatWasLeftBehindIsTakenOver() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        let address = try SocketAddress(path: path)
        do {
            let dead = try #require(ListeningSocket.makeSocket())
            #expect(address.with { bind(dead.number, $0, $1) } == 0)
        }
        #expect(FileManager.default.fileExists(atPath: path))
        let server = try server(path)
        #expect(try ControlClient.ask(ControlRequest(.pause), at: server.path).ok)
        #expect(throws: MatteError.self) { _ = try self.server(path) }
        #expect(try ControlClient.ask(ControlRequest(.pause), at: server.path).ok, "the second one took it away")
    }

    @Test func badPlacesAreRefusedInWords() throws {
        let folder = try TemporaryFolder()
        let long = folder.path(String(repeating: "x", count: 120))
        func kind(_ path: String) -> MatteError.Kind? {
            do {
                _ = try server(path)
                return nil
            } catch { return (error as? MatteError)?.kind }
        }
        #expect(kind(long) == .usage)
        #expect(kind("") == .usage)
        #expect(kind(folder.path("missing/s")) == .cannotCreate)
        try Data("important".utf8).write(to: URL(fileURLWithPath: folder.path("file")))
        #expect(kind(folder.path("file")) == .cannotCreate)
        #expect(try String(contentsOfFile: folder.path("file"), encoding: .utf8) == "important")
        #expect(
            throws: MatteError(
                .missingPart, "no 'matte live' listens on '\(folder.path("nobody"))'",
                advice: "start one, or say where with --control")
        ) { _ = try ControlClient.ask(ControlRequest(.pause), at: folder.path("nobody")) }
    }

    @Test func theUsualPlaceIsTheUsersOwn() {
        #expect(ControlPath.usual(environment: ["XDG_RUNTIME_DIR": "/run/user/7"]) == "/run/user/7/matte-live.sock")
        #expect(ControlPath.usual(environment: ["XDG_RUNTIME_DIR": ""]) == nil)
        #expect(ControlPath.usual(environment: [:]) == nil)
    }
}
