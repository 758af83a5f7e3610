import Foundation
import TestSupport
import Testing

/// `matte bulk` as a person starts it, with real workers and a small network of the test's own.
@Suite(.timeLimit(.minutes(5)))
struct BulkTests {
    /// Clips in `in/`, and the network beside it.
    private struct Bench {
        let folder: TemporaryFolder

        init(clips: Int, frames: Int = 6, size: String = "64x48") throws {
            folder = try TemporaryFolder()
            let bytes = Data(TinyOnnx.portrait())
            try bytes.write(to: URL(fileURLWithPath: folder.path("tiny.onnx")))
            let digest = try Self.digest(folder.path("tiny.onnx"))
            let card = """
                name: tiny
                title: Tiny
                kind: portrait
                sha256: \(digest)
                licence: MIT
                commercial-use: yes
                """
            try Data(card.utf8).write(to: URL(fileURLWithPath: folder.path("tiny.yaml")))
            for name in ["in", "in/sub"] {
                try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: false)
            }
            for number in 0..<clips {
                let name = number.isMultiple(of: 2) ? "in/clip \(number).mp4" : "in/sub/clip \(number).mp4"
                try TestClips.clip(folder.path(name), frames: frames + number % 3, size: size)
            }
        }

        private static func digest(_ path: String) throws -> String {
            let outcome = try MatteTool.run([path], program: "/usr/bin/sha256sum")
            return String(outcome.output.prefix { $0 != " " })
        }

        func arguments(_ out: String, _ more: [String] = []) -> [String] {
            [
                "bulk", folder.path("in"), "-o", folder.path(out), "--model", folder.path("tiny.onnx"), "--engine",
                "onnxruntime", "--background", "blue", "--jobs", "2",
            ] + more
        }

        /// Every file below a folder, and what it holds; the journal, the report and what is kept for it left out.
        func results(_ out: String) throws -> [String: Data] {
            var results: [String: Data] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path(out)) {
                guard !name.hasPrefix(".matte"), !name.hasPrefix("report."), name != "journal.jsonl" else { continue }
                var isFolder: ObjCBool = false
                let path = folder.path(out) + "/" + name
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                    continue
                }
                results[name] = try Data(contentsOf: URL(fileURLWithPath: path))
            }
            return results
        }

        /// How often the journal says that a clip was done.
        func doneCounts(_ out: String) throws -> [String: Int] {
            var counts: [String: Int] = [:]
            let text = try String(contentsOfFile: folder.path(out) + "/journal.jsonl", encoding: .utf8)
            for line in text.split(separator: "\n").dropFirst() {
                let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                if entry?["event"] as? String == "done", let clip = entry?["clip"] as? String {
                    counts[clip, default: 0] += 1
                }
            }
            return counts
        }

        func inodes(_ out: String) throws -> [String: UInt64] {
            var inodes: [String: UInt64] = [:]
            for name in try results(out).keys where !name.hasSuffix(".part") {
                let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path(out) + "/" + name)
                inodes[name] = attributes?[.systemFileNumber] as? UInt64
            }
            return inodes
        }
    }

    @Test func twentyKillsLoseNothingAndRepeatNothing() throws {
        let seed: UInt64 = 6
        var random = SeededRandom(seed: seed)
        let bench = try Bench(clips: 12)
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
        let bench = try Bench(clips: 2)
        try TestClips.clip(bench.folder.path("in/long.mp4"), frames: 3000)
        // Swift's own handler of crashes, which debug builds have, would take a signal that came from outside, print a
        // backtrace, and go on.
        let running = try MatteTool.start(
            bench.arguments("out", ["--jobs", "1"]), environment: ["SWIFT_BACKTRACE": "enable=no"])
        let deadline = Date().addingTimeInterval(60)
        var worker: pid_t?
        while worker == nil, Date() < deadline {
            worker = Self.worker(of: running.process.processIdentifier, on: "long.mp4")
            Thread.sleep(forTimeInterval: 0.02)
        }
        kill(try #require(worker), SIGSEGV)
        let outcome = running.wait()
        #expect(outcome.status == 75, "\(outcome.errors)")
        #expect(outcome.errors.contains("long.mp4: the worker was killed by SIGSEGV"), "\(outcome.errors)")
        #expect(try bench.results("out").keys.sorted() == ["clip 0_matte.mp4", "sub/clip 1_matte.mp4"])
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL]) func noWorkerOutlivesTheRun(number: Int32) throws {
        let bench = try Bench(clips: 0)
        for name in ["a", "b"] { try TestClips.clip(bench.folder.path("in/\(name).mp4"), frames: 3000) }
        let running = try MatteTool.start(bench.arguments("out"))
        let deadline = Date().addingTimeInterval(60)
        var workers: [pid_t] = []
        while workers.count < 2, Date() < deadline {
            workers = ["a.mp4", "b.mp4"].compactMap { Self.worker(of: running.process.processIdentifier, on: $0) }
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
        let bench = try Bench(clips: 4)
        let runs = try (0..<2).map { _ in try MatteTool.start(bench.arguments("out")) }
        let outcomes = runs.map { $0.wait() }
        // The second waits for a while; on a slow machine it gives up, and says that it may be tried again.
        #expect(outcomes.contains { $0.status == 0 }, "\(outcomes.map(\.errors))")
        #expect(outcomes.allSatisfy { [0, 75].contains($0.status) }, "\(outcomes.map(\.errors))")
        #expect(try bench.doneCounts("out").values.allSatisfy { $0 == 1 })
        #expect(try bench.results("out").count == 4)
    }

    @Test(.enabled(if: SmallDisk.canMount)) func aFullDiskLeavesNothingHalfDone() throws {
        let bench = try Bench(clips: 6, frames: 30, size: "320x240")
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
        let bench = try Bench(clips: 2)
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

    /// A child of `parent` that has `name` in its arguments.
    private static func worker(of parent: pid_t, on name: String) -> pid_t? {
        let list = try? String(contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
        return (list ?? "").split(separator: " ").compactMap { pid_t($0) }.first { child in
            let line = FileManager.default.contents(atPath: "/proc/\(child)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains("/" + name)
        }
    }
}
