import Foundation
import Frames
import Models
import TestSupport
import Testing

/// No network: file URLs play the server, a shell script plays Python.
struct PullTests {
    private let test: TestStore

    init() throws { test = try TestStore() }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func theFirstSourceThatHasItIsTaken() throws {
        try test.serve("m.onnx")
        try test.writeCard(sources: ["{ url: '\(test.url("gone.onnx"))' }", "{ url: '\(test.url("m.onnx"))' }"])
        var last: PullProgress?
        let model = try test.store().pull("mine", progress: { last = $0 })
        #expect(model.path == test.file)
        #expect(try test.read(test.file) == test.bytes)
        #expect(last?.received == Int64(test.bytes.count) && last?.total == Int64(test.bytes.count))
        #expect(last?.source == .url(test.url("m.onnx")))
        #expect(!exists(test.part))
    }

    @Test func whatIsThereNeedsNoSource() throws {
        try test.writeCard(sources: ["{ url: '\(test.url("gone.onnx"))' }"])
        try test.write(test.bytes, to: test.file)
        try test.store().pull("mine", progress: { _ in Issue.record("nothing should be fetched") })
    }

    @Test(arguments: [false, true]) func aDamagedFileIsReplaced(sameLength: Bool) throws {
        try test.serve("m.onnx")
        try test.writeCard(sources: ["{ url: '\(test.url("m.onnx"))' }"])
        try test.write(sameLength ? test.bytes.map { $0 ^ 1 } : [1, 2, 3], to: test.file)
        try test.store().pull("mine")
        #expect(try test.read(test.file) == test.bytes)
    }

    @Test func aBrokenOffPullGoesOn() throws {
        try test.serve("m.onnx")
        try test.writeCard(sources: ["{ url: '\(test.url("m.onnx"))' }"], declaresLength: false)
        try test.write(Array(test.bytes.prefix(100_000)), to: test.part)
        #expect(try test.store().list().first { $0.card.name == "mine" }?.state == .partial)
        var first: Int64?
        try test.store().pull("mine", progress: { first = first ?? $0.received })
        #expect(first ?? 0 >= 100_000)
        #expect(try test.read(test.file) == test.bytes)
    }

    @Test(arguments: [100_000, 300_000, 400_000]) func aWrongPartIsFetchedAnew(length: Int) throws {
        try test.serve("m.onnx")
        try test.writeCard(sources: ["{ url: '\(test.url("m.onnx"))' }"])
        try test.write([UInt8](repeating: 9, count: length), to: test.part)
        try test.store().pull("mine")
        #expect(try test.read(test.file) == test.bytes)
    }

    @Test func aCompletePartIsOnlyRenamed() throws {
        try test.writeCard(sources: ["{ url: '\(test.url("gone.onnx"))' }"])
        try test.write(test.bytes, to: test.part)
        try test.store().pull("mine")
        #expect(try test.read(test.file) == test.bytes)
    }

    @Test func anotherFileIsRefused() throws {
        try test.serve("m.onnx", test.bytes.map { $0 ^ 0x80 })
        try test.writeCard(sources: ["{ url: '\(test.url("m.onnx"))' }"])
        #expect {
            try test.store().pull("mine")
        } throws: { error in
            (error as? MatteError)?.kind == .missingPart && "\(error)".contains("SHA-256")
        }
        #expect(!exists(test.file) && !exists(test.part))
    }

    @Test func everyFailureIsToldWithTheWayOut() throws {
        try test.writeCard(sources: [
            "{ url: '\(test.url("one.onnx"))' }", "{ pip: { package: p, version: 1, member: m } }",
        ])
        try test.write(Array(test.bytes.prefix(10)), to: test.part)
        #expect {
            try test.store().pull("mine")
        } throws: { error in
            let text = "\(error)"
            return (error as? MatteError)?.kind == .missingPart && text.contains(test.url("one.onnx"))
                && text.contains("pip p==1") && text.contains("matte models add FILE")
        }
        // What had come stays for the next try.
        #expect(try test.read(test.part).count == 10)
    }

    @Test func cancellingKeepsWhatHasCome() throws {
        try test.serve("m.onnx")
        try test.writeCard(sources: ["{ url: '\(test.url("m.onnx"))' }"])
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try test.store().pull("mine", progress: { if $0.received > 100_000 { throw Stop() } })
        }
        #expect(!exists(test.file))
        #expect(try test.read(test.part).count > 100_000)
        try test.store().pull("mine")
        #expect(try test.read(test.file) == test.bytes)
    }

    /// A script that understands just the two calls that are made of Python.
    private func fakePython(_ download: String) throws -> String {
        let path = test.folder.path("python")
        let script = """
            #!/bin/sh
            if [ "$1" = -m ]; then
                [ "$2 $3 $4 $5" = "pip download --no-deps --only-binary=:all:" ] || { echo "odd: $*" >&2; exit 9; }
                while [ $# -gt 2 ]; do [ "$1" = --dest ] && dest=$2; shift; done
                [ "$1 $2" = "$dest p==1.5" ] || { echo "odd: $*" >&2; exit 9; }
                \(download)
            else
                [ "$4" = m/m.onnx ] || { echo "odd: $*" >&2; exit 9; }
                cp "$3/p-1.5.whl" "$5"
            fi
            """
        try test.write(Array(script.utf8), to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    private static let pip = "{ pip: { package: p, version: 1.5, member: m/m.onnx } }"

    @Test func pipFetchesAndPythonUnpacks() throws {
        try test.serve("wheel")
        try test.writeCard(sources: [Self.pip])
        let python = try fakePython("cp '\(test.folder.path("server"))/wheel' \"$dest/p-1.5.whl\"")
        try test.store(python: python).pull("mine")
        #expect(try test.read(test.file) == test.bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder.path("models")) == ["mine.onnx"])
    }

    @Test func pipsLastWordsAreTold() throws {
        try test.writeCard(sources: [Self.pip])
        let python = try fakePython("echo first >&2; echo 'no such package' >&2; exit 1")
        #expect { try test.store(python: python).pull("mine") } throws: { "\($0)".contains("(no such package)") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder.path("models")).isEmpty)
    }

    @Test func pipCanBeStopped() throws {
        try test.writeCard(sources: [Self.pip])
        let python = try fakePython("exec sleep 60")
        let start = ContinuousClock.now
        #expect {
            try test.store(python: python).pull("mine", isCancelled: { start.duration(to: .now) > .milliseconds(200) })
        } throws: { ($0 as? MatteError)?.kind == .interrupted }
        #expect(start.duration(to: .now) < .seconds(20))
    }
}
