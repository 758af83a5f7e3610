import Foundation
import TestSupport
import Testing

/// Long clips inside `matte bulk`. The network of these tests does not remember, so clips are cut anywhere.
@Suite(.timeLimit(.minutes(20)))
struct ChunkedBulkTests {
    private static let frames = 192

    private func bench(
        _ name: String = "long.mp4", frames: Int = Self.frames, size: String = "64x48"
    ) throws -> BulkFolder {
        let bench = try BulkFolder(clips: 0)
        try TestClips.clip(bench.folder.path("in/" + name), frames: frames, size: size)
        return bench
    }

    private func report(_ bench: BulkFolder, _ out: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: bench.folder.path(out) + "/report.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// Times and contents of a stream's packets.
    private func packets(_ path: String, _ stream: String) throws -> [String] {
        try OutputProbe.packets(path, stream).map { "\($0["pts"] ?? "") \($0["data_hash"] ?? "")" }
    }

    private func hasChunks(_ bench: BulkFolder, _ out: String) -> Bool {
        FileManager.default.fileExists(atPath: bench.folder.path(out) + "/.matte/chunks")
    }

    @Test func aLongClipIsDoneInChunksWithTheSameResult() throws {
        let bench = try bench()
        let alpha = ["--output-alpha", "{stem}_alpha.mkv", "--codec", "ffv1", "--name", "{stem}.mkv"]
        let cut = try MatteTool.run(bench.arguments("cut", ["--chunk", "2s"] + alpha))
        #expect(cut.status == 0, "\(cut.errors)")
        let whole = try MatteTool.run(bench.arguments("whole", ["--chunk", "none"] + alpha))
        #expect(whole.status == 0, "\(whole.errors)")
        for name in ["long.mkv", "long_alpha.mkv"] {
            let (one, other) = (bench.folder.path("cut/" + name), bench.folder.path("whole/" + name))
            #expect(try OutputProbe.pixels(one, format: "bgra") == OutputProbe.pixels(other, format: "bgra"))
            #expect(try OutputProbe.frameTimes(one) == OutputProbe.frameTimes(other))
            #expect(try OutputProbe.frameTimes(one).count == Self.frames)
        }
        let sound = try packets(bench.folder.path("cut/long.mkv"), "a:0")
        #expect(try sound == packets(bench.folder.path("whole/long.mkv"), "a:0") && !sound.isEmpty)

        let clips = try #require(try report(bench, "cut")["clips"] as? [[String: Any]])
        #expect(clips.count == 1 && clips[0]["chunks"] as? Int == 4 && clips[0]["frames"] as? Int == Self.frames)
        #expect(clips[0]["quality"] != nil && clips[0]["width"] as? Int == 64)
        let uncut = try #require(try report(bench, "whole")["clips"] as? [[String: Any]])
        #expect(uncut[0]["chunks"] == nil && uncut[0]["frames"] as? Int == Self.frames)
        #expect(uncut[0]["quality"] as? [[String: AnyHashable]] == clips[0]["quality"] as? [[String: AnyHashable]])
        #expect(!hasChunks(bench, "cut") && !hasChunks(bench, "whole"))
        #expect(try MatteTool.run(bench.arguments("cut", ["--chunk", "2s"] + alpha)).errors.contains("1 done before"))
    }

    @Test func itGivesWhatAPlanGives() throws {
        let bench = try bench()
        #expect(try MatteTool.run(bench.arguments("out", ["--chunk", "2s"])).status == 0)
        let plan = bench.folder.path("plan")
        let options = bench.arguments("out").dropFirst(4).prefix { $0 != "--jobs" }
        let made = try MatteTool.run(
            ["plan", bench.folder.path("in"), "-o", plan, "--chunk", "2s"] + options)
        #expect(made.status == 0, "\(made.errors)")
        for shard in 0..<4 { #expect(try MatteTool.run(["work", plan, "--shard", "\(shard)"]).status == 0) }
        #expect(try MatteTool.run(["merge", plan]).status == 0)
        let (one, other) = (bench.folder.path("out/long_matte.mp4"), plan + "/results/long_matte.mp4")
        for stream in ["v:0", "a:0"] { #expect(try packets(one, stream) == packets(other, stream)) }
    }

    @Test func killsLoseNoFinishedChunk() throws {
        let seed: UInt64 = 11
        var random = SeededRandom(seed: seed)
        let bench = try bench()
        let arguments = ["--chunk", "1s", "--codec", "ffv1", "--name", "{stem}.mkv"]
        #expect(try MatteTool.run(bench.arguments("calm", arguments)).status == 0)
        var finished: [String: UInt64] = [:]
        for round in 0..<8 {
            let running = try MatteTool.start(bench.arguments("out", arguments))
            Thread.sleep(forTimeInterval: Double.random(in: 0.1...1.5, using: &random))
            kill(running.process.processIdentifier, SIGKILL)
            _ = running.wait()
            // Nothing appears under the output's name but the whole.
            if FileManager.default.fileExists(atPath: bench.folder.path("out/long.mkv")) { break }
            let now = chunks(bench)
            for (name, inode) in finished {
                #expect(now[name] == inode, "seed \(seed), round \(round): \(name) was done again")
            }
            finished = now
        }
        let last = try MatteTool.run(bench.arguments("out", arguments))
        #expect(last.status == 0, "\(last.errors)")
        for name in ["calm", "out"] { #expect(try bench.results(name).keys.sorted() == ["long.mkv"]) }
        let (one, other) = (bench.folder.path("out/long.mkv"), bench.folder.path("calm/long.mkv"))
        #expect(try OutputProbe.pixels(one, format: "bgra") == OutputProbe.pixels(other, format: "bgra"))
        #expect(!hasChunks(bench, "out"))
        #expect(try bench.doneCounts("out") == ["long.mkv": 1])
    }

    @Test func aDryRunSaysWhatWouldBeCut() throws {
        let bench = try bench()
        let forecast = try MatteTool.run(bench.arguments("out", ["--chunk", "2s", "--dry-run"]))
        #expect(forecast.status == 0, "\(forecast.errors)")
        #expect(forecast.output.hasSuffix("(new; cut at scene cuts, into about 4 chunks)\n"), "\(forecast.output)")
        let events = try MatteTool.run(bench.arguments("out", ["--chunk", "2s", "--dry-run", "--json"]))
        #expect(events.output.contains(#""chunks":4"#), "\(events.output)")
        for whole in [["--chunk", "none"], ["--chunk", "2s", "--jobs", "1"], ["--chunk", "2s", "--verify"]] {
            let outcome = try MatteTool.run(bench.arguments("out", ["--dry-run"] + whole))
            #expect(outcome.status == 0 && !outcome.output.contains("chunks"), "\(outcome.output)\(outcome.errors)")
            let saysWhy = outcome.output.contains("; stays whole, as --verify compares")
            #expect(saysWhy == whole.contains("--verify"), "\(outcome.output)")
        }
        let json = try MatteTool.run(bench.arguments("out", ["--chunk", "2s", "--frames", "9", "--dry-run", "--json"]))
        #expect(json.output.contains(#""wholeReason":"--frames counts from its beginning""#), "\(json.output)")
    }

    @Test(.enabled(if: SmallDisk.canMount)) func aFullDiskKeepsFinishedChunksAndTheNextRunGoesOn() throws {
        let bench = try bench(size: "160x120")
        let arguments = ["--chunk", "2s", "--codec", "ffv1", "--name", "{stem}.mkv"]
        #expect(try MatteTool.run(bench.arguments("calm", arguments)).status == 0)
        let whole = try #require(bench.results("calm")["long.mkv"])
        // Room for about half of the chunks.
        let disk = try SmallDisk(kilobytes: whole.count / 2048)
        var onDisk = bench.arguments("out", arguments)
        onDisk[3] = disk.path("")
        let full = try MatteTool.run(onDisk)
        #expect([74, 75].contains(full.status), "\(full.errors)")
        #expect(!disk.contents.contains { $0.contains("long") }, "\(disk.contents)")
        let finished = chunks(in: disk.path(""))
        #expect(!finished.isEmpty && finished.count < 4)
        try disk.grow(kilobytes: whole.count / 256)
        var kept: [String: UInt64] = [:]
        let running = try MatteTool.start(onDisk)
        while running.process.isRunning {
            kept.merge(chunks(in: disk.path(""))) { $1 }
            Thread.sleep(forTimeInterval: 0.005)
        }
        let again = running.wait()
        #expect(again.status == 0, "\(again.errors)")
        for (name, inode) in finished { #expect(kept[name] == inode, "\(name) was done again") }
        let (one, other) = (disk.path("long.mkv"), bench.folder.path("calm/long.mkv"))
        #expect(try OutputProbe.pixels(one, format: "bgra") == OutputProbe.pixels(other, format: "bgra"))
    }

    @Test func aChunkThatCrashesIsTriedAgainAndTheOthersAreKept() throws {
        let bench = try bench(frames: 240)
        // Swift's own handler of crashes, which debug builds have, would print a backtrace and go on.
        let running = try MatteTool.start(
            bench.arguments("out", ["--chunk", "1s", "--retries", "1"]), environment: ["SWIFT_BACKTRACE": "enable=no"])
        var (isKilled, finished): (Bool, [String: UInt64]) = (false, [:])
        while running.process.isRunning {
            finished.merge(chunks(bench)) { first, now in
                #expect(first == now, "a chunk was done twice")
                return now
            }
            if !isKilled, !finished.isEmpty,
                let worker = BulkFolder.worker(of: running.process.processIdentifier, with: ["work", "--shard"])
            {
                isKilled = kill(worker, SIGSEGV) == 0
            }
            Thread.sleep(forTimeInterval: 0.005)
        }
        let outcome = running.wait()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try OutputProbe.frameTimes(bench.folder.path("out/long_matte.mp4")).count == 240)
        #expect(try bench.doneCounts("out") == ["long_matte.mp4": 1])
        let clips = try #require(try report(bench, "out")["clips"] as? [[String: Any]])
        #expect(isKilled && clips[0]["attempts"] as? Int == 2 && clips[0]["chunks"] as? Int == 10, "\(outcome.errors)")
    }

    @Test func aLongClipThatArrivesIsCutToo() throws {
        let bench = try BulkFolder(clips: 0)
        try TestClips.clip(bench.folder.path("long.mp4"), frames: Self.frames, size: "64x48")
        var arguments = bench.arguments("out", ["--chunk", "2s", "--settle", "0.2"])
        arguments.insert("--watch", at: 1)
        let running = try MatteTool.start(arguments)
        try FileManager.default.copyItem(
            atPath: bench.folder.path("long.mp4"), toPath: bench.folder.path("in/long.mp4"))
        let deadline = Date().addingTimeInterval(120)
        while (try? bench.doneCounts("out"))?.isEmpty ?? true, running.process.isRunning, Date() < deadline {
            Thread.sleep(forTimeInterval: 0.02)
        }
        running.process.terminate()
        let outcome = running.wait()
        #expect(outcome.status == 130, "\(outcome.errors)")
        #expect(try OutputProbe.frameTimes(bench.folder.path("out/long_matte.mp4")).count == Self.frames)
        let clips = try #require(try report(bench, "out")["clips"] as? [[String: Any]])
        #expect(clips.count == 1 && clips[0]["chunks"] as? Int == 4 && !hasChunks(bench, "out"))
    }

    private func chunks(_ bench: BulkFolder) -> [String: UInt64] { chunks(in: bench.folder.path("out")) }

    /// Chunks that are done, and which file says so.
    private func chunks(in folder: String) -> [String: UInt64] {
        let root = folder + "/.matte/chunks"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return Dictionary(
            names.filter { $0.hasSuffix("done.json") }.compactMap { name in
                let attributes = try? FileManager.default.attributesOfItem(atPath: root + "/" + name)
                return (attributes?[.systemFileNumber] as? UInt64).map { (name, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test func whatCannotBeJoinedStaysWhole() throws {
        let bench = try bench()
        let outcome = try MatteTool.run(
            bench.arguments("out", ["--chunk", "1s", "--output-alpha", "{stem}/%04d.png"]))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try bench.results("out").count == Self.frames + 1 && !hasChunks(bench, "out"))
        let clip = bench.folder.path("in/long.mp4")
        let reason =
            "'\(clip)' stays whole, as only MP4, M4V, MOV, MKV and WebM files are joined from chunks, and no png"
        #expect(outcome.errors.contains("note: " + reason), "\(outcome.errors)")
        let clips = try #require(try report(bench, "out")["clips"] as? [[String: Any]])
        #expect((clips[0]["notices"] as? [String])?.contains(reason) == true)
    }

    @Test func aStoppedRunKeepsItsChunksAndAChangedClipDoesNot() throws {
        let bench = try bench()
        let arguments = bench.arguments("out", ["--chunk", "1s"])
        let running = try MatteTool.start(arguments)
        let deadline = Date().addingTimeInterval(60)
        while chunks(bench).isEmpty, running.process.isRunning, Date() < deadline {
            Thread.sleep(forTimeInterval: 0.01)
        }
        running.process.terminate()
        let stopped = running.wait()
        // On a machine that stands still for long the run may be over by then.
        try #require([0, 130].contains(stopped.status), "\(stopped.errors)")
        guard stopped.status == 130 else { return }
        #expect(try bench.results("out").isEmpty && !chunks(bench).isEmpty)
        try TestClips.clip(bench.folder.path("in/long.mp4"), frames: 100, size: "64x48")
        let again = try MatteTool.run(arguments)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try OutputProbe.frameTimes(bench.folder.path("out/long_matte.mp4")).count == 100)
        #expect(!hasChunks(bench, "out"))
    }
}
