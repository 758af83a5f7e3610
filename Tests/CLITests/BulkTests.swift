import Foundation
import TestSupport
import Testing

/// `matte bulk` as a person starts it, with real workers and a small network of the test's own.
@Suite(.timeLimit(.minutes(20)))
struct BulkTests {
    @Test func twentyKillsLoseNothingAndRepeatNothing() throws {
        let seed: UInt64 = 6
        var random = SeededRandom(seed: seed)
        let bench = try BulkFolder(clips: 12)
        let undisturbed = try MatteTool.run(bench.arguments("calm"))
        #expect(undisturbed.status == 0, "\(undisturbed.errors)")

        var finished: [String: UInt64] = [:]
        for round in 0..<20 {
            let running = try MatteTool.start(bench.arguments("out"))
            Thread.sleep(forTimeInterval: Double.random(in: 0.05...1.2, using: &random))
            kill(running.process.processIdentifier, SIGKILL)
            _ = running.wait()
            guard FileManager.default.fileExists(atPath: bench.folder.path("out")) else { continue }
            let now = try bench.inodes("out")
            for (name, inode) in finished {
                #expect(now[name] == inode, "seed \(seed), round \(round): \(name) was made again")
            }
            finished = now
        }
        let last = try MatteTool.run(bench.arguments("out"))
        #expect(last.status == 0, "seed \(seed): \(last.errors)")
        for (name, inode) in finished { #expect(try bench.inodes("out")[name] == inode, "\(name) was made again") }
        // Hidden parts of killed workers would be among the results.
        #expect(try bench.results("out") == bench.results("calm"), "seed \(seed)")
        let counts = try bench.doneCounts("out")
        #expect(counts.count == 12 && counts.values.allSatisfy { $0 == 1 }, "seed \(seed): \(counts)")
    }

    @Test func aCrashOfOneWorkerIsItsOwn() throws {
        let bench = try BulkFolder(clips: 2)
        try TestClips.clip(bench.folder.path("in/long.mp4"), frames: 3000)
        // Swift's own handler of crashes, which debug builds have, would take a signal that came from outside, print a
        // backtrace, and go on.
        let running = try MatteTool.start(
            bench.arguments("out", ["--jobs", "1"]), environment: ["SWIFT_BACKTRACE": "enable=no"])
        let deadline = Date().addingTimeInterval(60)
        var worker: pid_t?
        while worker == nil, Date() < deadline {
            worker = BulkFolder.worker(of: running.process.processIdentifier, on: "long.mp4")
            Thread.sleep(forTimeInterval: 0.02)
        }
        kill(try #require(worker), SIGSEGV)
        let outcome = running.wait()
        #expect(outcome.status == 75, "\(outcome.errors)")
        #expect(outcome.errors.contains("long.mp4: the worker was killed by SIGSEGV"), "\(outcome.errors)")
        #expect(try bench.results("out").keys.sorted() == ["clip 0_matte.mp4", "sub/clip 1_matte.mp4"])
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL]) func noWorkerOutlivesTheRun(number: Int32) throws {
        let bench = try BulkFolder(clips: 0)
        for name in ["a", "b"] { try TestClips.clip(bench.folder.path("in/\(name).mp4"), frames: 3000) }
        let running = try MatteTool.start(bench.arguments("out"))
        let deadline = Date().addingTimeInterval(60)
        var workers: [pid_t] = []
        while workers.count < 2, Date() < deadline {
            workers = ["a.mp4", "b.mp4"].compactMap { BulkFolder.worker(of: running.process.processIdentifier, on: $0) }
            Thread.sleep(forTimeInterval: 0.02)
        }
        try #require(workers.count == 2)
        kill(running.process.processIdentifier, number)
        let outcome = running.wait()
        #expect(outcome.status == (number == SIGKILL ? 128 + SIGKILL : 130), "\(outcome.errors)")
        let end = Date().addingTimeInterval(60)
        while workers.contains(where: { kill($0, 0) == 0 }), Date() < end { Thread.sleep(forTimeInterval: 0.02) }
        #expect(!workers.contains { kill($0, 0) == 0 })
        let results = try bench.results("out").keys
        #expect(results.isEmpty, "\(results)")
        if number != SIGKILL { #expect(outcome.errors.contains("start the same command again"), "\(outcome.errors)") }
    }

    @Test func twoRunsOnOneFolderDoNothingTwice() throws {
        let bench = try BulkFolder(clips: 4)
        let runs = try (0..<2).map { _ in try MatteTool.start(bench.arguments("out")) }
        let outcomes = runs.map { $0.wait() }
        // The second waits for a while; on a slow machine it gives up, and says that it may be tried again.
        #expect(outcomes.contains { $0.status == 0 }, "\(outcomes.map(\.errors))")
        #expect(outcomes.allSatisfy { [0, 75].contains($0.status) }, "\(outcomes.map(\.errors))")
        #expect(try bench.doneCounts("out").values.allSatisfy { $0 == 1 })
        #expect(try bench.results("out").count == 4)
    }

    @Test(.enabled(if: SmallDisk.canMount)) func aFullDiskLeavesNothingHalfDone() throws {
        let bench = try BulkFolder(clips: 6, frames: 30, size: "320x240")
        let disk = try SmallDisk(kilobytes: 400)
        var arguments = bench.arguments("out", ["--codec", "ffv1", "--name", "{stem}.mkv", "--jobs", "1"])
        arguments[3] = disk.path("")
        let outcome = try MatteTool.run(arguments)
        #expect([74, 75].contains(outcome.status), "\(outcome.errors)")
        for name in disk.contents where name.hasSuffix(".mkv") {
            #expect(try TestClips.frameHashes(disk.path(name), format: "bgr24").count >= 30)
        }
        #expect(!disk.contents.contains { $0.hasSuffix(".part") })
    }

    @Test func dryRunsAndEventsAreData() throws {
        let bench = try BulkFolder(clips: 2)
        let forecast = try MatteTool.run(bench.arguments("out", ["--dry-run"]))
        #expect(forecast.status == 0 && forecast.output.split(separator: "\n").count == 2, "\(forecast.errors)")
        #expect(forecast.output.contains("/out/sub/clip 1_matte.mp4  (new)"), "\(forecast.output)")
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path("out")))
        let outcome = try MatteTool.run(bench.arguments("out", ["--json", "--output-alpha", "{stem}.mkv"]))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let events = try outcome.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let names = events.compactMap { $0["event"] as? String }
        #expect(names.first == "planned" && names.last == "done" && names.count { $0 == "ended" } == 2, "\(names)")
        #expect(try bench.results("out").count == 4)
        let again = try MatteTool.run(bench.arguments("out", ["--dry-run", "--output-alpha", "{stem}.mkv"]))
        #expect(again.output.components(separatedBy: "(done)").count == 3, "\(again.output)")
    }

    /// Root may read everything, so this is tried as nobody, where that user can reach the program.
    @Test(.enabled(if: asNobody(["test", "-x", MatteTool.executable.path]) == 0))
    func whatMayNotBeReadIsNamedAndTheOthersAreDone() throws {
        let bench = try BulkFolder(clips: 2)
        let (locked, unread) = (bench.folder.path("in/locked"), bench.folder.path("in/unread.mp4"))
        try FileManager.default.createDirectory(atPath: locked, withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: bench.folder.path("in/clip 0.mp4"), toPath: unread)
        try FileManager.default.createDirectory(atPath: bench.folder.path("out"), withIntermediateDirectories: false)
        for (path, mode) in [(bench.folder.path(""), 0o755), (bench.folder.path("out"), 0o777)] {
            #expect(chmod(path, mode_t(mode)) == 0)
        }
        for path in [locked, unread] { #expect(chmod(path, 0) == 0) }
        defer { chmod(locked, 0o755) }
        let outcome = try MatteTool.run(
            Self.nobody + [MatteTool.executable.path] + bench.arguments("out", ["--json"]), program: "/usr/bin/env")
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.output.contains("in/locked' may not be read"), "\(outcome.output)")
        #expect(outcome.output.contains("cannot read '\(unread)'"), "\(outcome.output)")
        #expect(try bench.results("out").keys.sorted() == ["clip 0_matte.mp4", "sub/clip 1_matte.mp4"])
    }

    private static let nobody = ["HOME=/tmp", "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]

    private static func asNobody(_ command: [String]) -> Int32 {
        (try? MatteTool.run(nobody + command, program: "/usr/bin/env").status) ?? -1
    }
}
