import Foundation
import Frames
import TestSupport
import Testing

@testable import FFmpeg

@Suite struct DownloadTests {
    private let folder: TemporaryFolder
    private let content: Data

    init() throws {
        folder = try TemporaryFolder()
        var random = SeededRandom(seed: 1)
        content = Data((0..<300_000).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    private func written() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: folder.path("got"))) }

    private func failure(_ body: () throws -> Void) -> MatteError? {
        do { try body() } catch { return error as? MatteError }
        return nil
    }

    /// A server that gives `content`, from the byte asked for if it `resumes`.
    private func server(resumes: Bool = true, sends: Int? = nil) throws -> LocalServer {
        let content = content
        return try LocalServer { request in
            var start = 0
            if resumes, let match = request.firstMatch(of: /Range: bytes=(\d+)-/), let asked = Int(match.1) {
                start = asked
            }
            guard start < content.count else {
                return Data("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n".utf8)
            }
            var head = resumes ? "HTTP/1.1 206 Partial Content\r\nAccept-Ranges: bytes\r\n" : "HTTP/1.1 200 OK\r\n"
            head += "Content-Length: \(content.count - start)\r\nConnection: close\r\n"
            if resumes { head += "Content-Range: bytes \(start)-\(content.count - 1)/\(content.count)\r\n" }
            return Data((head + "\r\n").utf8) + content[start...].prefix(sends ?? content.count)
        }
    }

    @Test func aFileAddressIsCopied() throws {
        try content.write(to: URL(fileURLWithPath: folder.path("source")))
        var seen: [(Int64, Int64?)] = []
        try Download.fetch(
            url: "file:" + folder.path("source"), to: folder.path("got"), progress: { seen.append(($0, $1)) })
        #expect(try written() == content)
        #expect(seen.last?.0 == 300_000)
        #expect(seen.allSatisfy { $0.1 == 300_000 })
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $1.0 > $0.0 })
    }

    @Test(arguments: [true, false])
    func aServerIsRead(_ resumes: Bool) throws {
        let server = try server(resumes: resumes)
        try Download.fetch(url: "http://127.0.0.1:\(server.port)/a", to: folder.path("got"))
        #expect(try written() == content)
        #expect(server.requests.first?.contains("User-Agent: matte\r\n") == true)
    }

    @Test func aHalfFileIsContinued() throws {
        let server = try server()
        try content.prefix(100_000).write(to: URL(fileURLWithPath: folder.path("got")))
        var first: Int64?
        try Download.fetch(
            url: "http://127.0.0.1:\(server.port)/a", to: folder.path("got"), resumeAt: 100_000,
            progress: { received, _ in first = first ?? received })
        #expect(first == 100_000)
        #expect(try written() == content)
    }

    @Test(arguments: [100_000, 300_000, 400_000])
    func aServerThatCannotContinueStillGivesTheWhole(_ count: Int64) throws {
        let server = try server(resumes: false)
        try Data(content.prefix(Int(count)) + Data(count: max(0, Int(count) - content.count)))
            .write(to: URL(fileURLWithPath: folder.path("got")))
        try Download.fetch(url: "http://127.0.0.1:\(server.port)/a", to: folder.path("got"), resumeAt: count)
        #expect(try written() == content)
    }

    @Test func whatIsThereWholeStays() throws {
        let server = try server()
        try content.write(to: URL(fileURLWithPath: folder.path("got")))
        try Download.fetch(url: "http://127.0.0.1:\(server.port)/a", to: folder.path("got"), resumeAt: 300_000)
        #expect(try written() == content)
    }

    @Test func aMissingFileIsSaidWithTheServersAnswer() throws {
        let server = try LocalServer { _ in Data("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".utf8) }
        let error = failure {
            try Download.fetch(url: "http://127.0.0.1:\(server.port)/a", to: folder.path("got"))
        }
        #expect(error?.kind == .io)
        #expect(error?.message.contains("404") == true, "\(error?.description ?? "")")
        #expect(!FileManager.default.fileExists(atPath: folder.path("got")))
    }

    @Test func aBrokenTransferIsAnError() throws {
        let server = try server(resumes: false, sends: 100_000)
        let error = failure {
            try Download.fetch(url: "http://127.0.0.1:\(server.port)/a", to: folder.path("got"))
        }
        #expect(error?.kind == .io)
        #expect(try written() == content.prefix(100_000))
    }

    @Test func noServerIsAnError() {
        let error = failure { try Download.fetch(url: "http://127.0.0.1:9/a", to: folder.path("got")) }
        #expect(error?.kind == .io)
        #expect(error?.message.contains("refused") == true, "\(error?.description ?? "")")
    }

    @Test func cancelling() throws {
        let server = try LocalServer { _ in nil }
        let begin = ContinuousClock.now
        let error = failure {
            try Download.fetch(
                url: "http://127.0.0.1:\(server.port)/a", to: folder.path("got"),
                isCancelled: { ContinuousClock.now - begin > .milliseconds(100) })
        }
        #expect(error?.kind == .interrupted)
        #expect(ContinuousClock.now - begin < .seconds(10))
    }

    @Test func aFolderThatIsNotThere() throws {
        try content.write(to: URL(fileURLWithPath: folder.path("source")))
        let error = failure {
            try Download.fetch(url: "file:" + folder.path("source"), to: folder.path("none/got"))
        }
        #expect(error?.kind == .cannotCreate)
    }
}
