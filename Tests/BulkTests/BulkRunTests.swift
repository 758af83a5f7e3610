import Bulk
import Foundation
import Frames
import Presets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct BulkRunTests {
    @Test func everyGoodClipIsDoneAndTheOthersAreNamed() throws {
        let bench = try BulkBench()
        for name in ["a.mp4", "day 1/b.mov", "day 1/c.mkv", "bad.mp4", "crash.mp4"] {
            try bench.write(name, "in/" + name)
        }
        let report = try bench.run()
        #expect(
            bench.names(in: "out") == [
                "a_matte.mp4", "day 1", "day 1/b_matte.mov", "day 1/c_matte.mkv", "journal.jsonl", "report.html",
                "report.json",
            ])
        #expect(try bench.text("out/day 1/c_matte.mkv") == "day 1/c.mkv")
        #expect((report.done, report.failed, report.total) == (3, 2, 5))
        let bad = try #require(report.clips.first { $0.input.hasSuffix("bad.mp4") })
        #expect(bad.exitStatus == 65 && bad.isWorthRetrying == false && bad.reason?.contains("cannot be used") == true)
        let crash = try #require(report.clips.first { $0.input.hasSuffix("crash.mp4") })
        #expect(crash.signal == "SIGSEGV" && crash.isWorthRetrying == true, "\(String(describing: crash.reason))")
        #expect(report.verdict(folder: "out")?.kind == .tryAgain)
        #expect(report.clips.first { $0.status == .done }?.notices == ["pretended"])
    }

    /// Reading a pipe would wait for ever.
    @Test func aPipeIsNamedAndNotWaitedFor() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        #expect(mkfifo(bench.folder.path("in/pipe.mp4"), 0o666) == 0)
        let report = try bench.run()
        #expect((report.done, report.failed) == (1, 1) && bench.log == ["a.mp4"])
        let pipe = try #require(report.clips.first { $0.status == .failed })
        #expect(pipe.reason?.contains("pipe.mp4' is a pipe") == true && pipe.isWorthRetrying == false)
        #expect(report.verdict(folder: "out")?.kind == .badInput)
    }

    @Test func aFolderWithoutClipsIsSaid() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/notes.txt")
        let notices = Notices()
        let report = try BulkRun(bench.options, notice: notices.add, tell: { _ in }).run(isCancelled: { false })
        #expect(report.total == 0 && notices.all.contains { $0.hasPrefix("no clips were found") }, "\(notices.all)")
    }

    @Test func badInputsAloneAreNotWorthRetrying() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/bad.mp4")
        let report = try bench.run { $0.inputs.append(bench.folder.path("none.mp4")) }
        #expect(report.failed == 2)
        #expect(report.verdict(folder: "out")?.kind == .badInput)
    }

    /// The beginning of a clip may look like a bad one.
    @Test func aFileThatIsStillWrittenIsNotBad() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/grow.mp4")
        let report = try bench.run()
        let clip = try #require(report.clips.first)
        #expect(clip.isWorthRetrying == true && clip.reason?.contains("changed while it was read") == true)
        #expect(report.verdict(folder: "out")?.kind == .tryAgain)
    }

    /// Whoever writes it may pause for longer than its worker takes.
    @Test func aFileThatWasWrittenAMomentAgoIsNotBadYet() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/lingers.mp4")
        let report = try bench.run { $0.settleSeconds = 60 }
        #expect(report.clips.first?.reason?.contains("changed while it was read") == true)
        #expect(report.verdict(folder: "out")?.kind == .tryAgain)

        let still = try BulkBench()
        try still.write("x", "in/bad.mp4")
        let begin = ContinuousClock.now
        let bad = try still.run { $0.settleSeconds = 0.5 }
        #expect(bad.verdict(folder: "out")?.kind == .badInput && ContinuousClock.now - begin >= .seconds(0.3))
        // What was left alone is bad at once.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: still.folder.path("in/bad.mp4"))
        #expect(try still.run { $0.settleSeconds = 3000 }.verdict(folder: "out")?.kind == .badInput)
    }

    /// A file that no decoder gets through must not end the run, so this process opens none.
    @Test func onlyWorkersOpenClips() throws {
        let reason = #"echo '{"event":"forecast","wholeReason":"a planner says so"}'"#
        let bench = try BulkBench(plan: reason, thumbnail: #"printf picture > "$4""#)
        try bench.write("no clip", "in/a.mp4")
        let notices = Notices()
        var options = bench.options
        options.chunkSeconds = 1
        let run = try BulkRun(options, notice: notices.add, tell: { _ in })
        #expect(try run.forecast().map(\.wholeReason) == ["a planner says so"])
        #expect(bench.names(in: "out").isEmpty)
        let report = try run.run(isCancelled: { false })
        let said = "'\(bench.folder.path("in/a.mp4"))' stays whole, as a planner says so"
        #expect(notices.all == [said] && report.clips.first?.notices == [said, "pretended"], "\(notices.all)")
        let picture = Data("picture".utf8).base64EncodedString()
        #expect(try bench.text("out/report.html").contains("data:image/jpeg;base64,\(picture)"))
    }

    /// A worker has the clip's pictures in hand; nothing is decoded again for what it leaves.
    @Test func workersLeavePicturesAndFindingsForTheRun() throws {
        let bench = try BulkBench(thumbnail: #"echo "$1" >> "${0%/*}/log"; printf made > "$4""#)
        for name in ["pictured.mp4", "sub/pictured.mp4", "plain.mp4"] { try bench.write(name, "in/" + name) }
        try bench.write("of a run that was killed", "out/.matte/run/old")
        let report = try bench.run()
        #expect(report.done == 3, "\(report.clips.map(\.reason))")
        #expect(bench.log == ["pictured.mp4", "pictured.mp4", "plain.mp4", "thumbnail"])
        let page = try bench.text("out/report.html")
        func pictures(_ text: String) -> Int {
            page.components(separatedBy: "base64,\(Data(text.utf8).base64EncodedString())\"").count - 1
        }
        #expect(pictures("own") == 2 && pictures("made") == 1)
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path("out/.matte/run")))
        // They are kept for the next report.
        _ = try bench.run()
        #expect(try bench.log.count == 4 && bench.text("out/report.html").contains("base64,"))
    }

    @Test func aWorkerThatHangsIsEnded() throws {
        let bench = try BulkBench()
        for name in ["a.mp4", "hangs.mp4"] { try bench.write("x", "in/" + name) }
        let report = try bench.run { $0.stallSeconds = 0.5 }
        let clip = try #require(report.clips.first { $0.input.hasSuffix("hangs.mp4") })
        #expect(clip.status == .failed && clip.isWorthRetrying == true && clip.signal == "SIGKILL")
        #expect(clip.reason?.contains("used no processor for 0:01") == true, "\(clip.reason ?? "")")
        #expect(report.verdict(folder: "out")?.kind == .tryAgain)
    }

    @Test func plannersAndPicturesThatCrashTakeNothingWithThem() throws {
        let crash = "echo \"$1\" >> \"${0%/*}/log\"; kill -SEGV $$"
        let bench = try BulkBench(plan: crash, thumbnail: crash)
        try bench.write("x", "in/a.mp4")
        #expect(try bench.run { $0.chunkSeconds = 1 }.done == 1)
        #expect(bench.log == ["a.mp4", "plan", "thumbnail"])
        // A picture that cannot be had is not tried again.
        try bench.write("y", "in/b.mp4")
        _ = try bench.run()
        #expect(bench.log == ["a.mp4", "b.mp4", "plan", "thumbnail", "thumbnail"])
        #expect(try !bench.text("out/report.html").contains("<img"))
    }

    @Test func aSecondAttemptMaySucceed() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/once.mp4")
        try bench.write("y", "in/crash.mp4")
        let report = try bench.run { $0.retries = 2 }
        #expect(bench.log == ["crash.mp4", "crash.mp4", "crash.mp4", "once.mp4", "once.mp4"])
        #expect(report.clips.first { $0.status == .done }?.attempts == 2)
        #expect(report.clips.first { $0.status == .failed }?.attempts == 3)
    }

    @Test func onlyWhatIsMissingOrChangedIsDoneAgain() throws {
        let bench = try BulkBench()
        for name in ["a", "b", "c", "bad"] { try bench.write(name, "in/\(name).mp4") }
        _ = try bench.run()
        let clear = { try? FileManager.default.removeItem(atPath: bench.folder.path("log")) }

        clear()
        #expect(try bench.run().already == 3)
        #expect(bench.log == ["bad.mp4"])

        clear()
        try FileManager.default.removeItem(atPath: bench.folder.path("out/b_matte.mp4"))
        try bench.write("other", "in/c.mp4")
        // The same content with another date is the same content.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: bench.folder.path("in/a.mp4"))
        _ = try bench.run()
        #expect(bench.log == ["b.mp4", "bad.mp4", "c.mp4"])
        #expect(try bench.text("out/c_matte.mp4") == "other")

        clear()
        _ = try bench.run { $0.settings.append(RunSetting(name: "erode", value: "1")) }
        #expect(bench.log == ["a.mp4", "b.mp4", "bad.mp4", "c.mp4"])
        clear()
        _ = try bench.run { $0.settings.append(RunSetting(name: "erode", value: "1")) }
        #expect(bench.log == ["bad.mp4"])
        clear()
        _ = try bench.run {
            $0.settings.append(RunSetting(name: "erode", value: "1"))
            $0.version = "2"
        }
        #expect(bench.log == ["a.mp4", "b.mp4", "bad.mp4", "c.mp4"])
    }

    @Test func stoppingEndsTheWorkersAndTheNextRunGoesOn() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        try bench.write("y", "in/slow.mp4")
        var (isSlowAtWork, isOtherDone) = (false, false)
        let start = Date()
        let report = try bench.run(isCancelled: { isSlowAtWork && isOtherDone }) {
            if case .progress = $0 { isSlowAtWork = bench.log.contains("slow.mp4") }
            if case .ended = $0 { isOtherDone = true }
        }
        #expect(report.isStopped && report.verdict(folder: "out")?.kind == .interrupted)
        #expect(Date().timeIntervalSince(start) < 55, "the slow worker was waited for")
        #expect((report.done, report.waiting) == (1, 1))
        try FileManager.default.moveItem(
            atPath: bench.folder.path("in/slow.mp4"), toPath: bench.folder.path("in/quick.mp4"))
        #expect(try bench.run().done == 1)
        #expect(bench.log == ["a.mp4", "quick.mp4", "slow.mp4"])
    }

    @Test func aFolderIsForOneRunAtATime() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        try FileManager.default.createDirectory(atPath: bench.folder.path("out"), withIntermediateDirectories: false)
        let lock = try FolderLock(bench.folder.path("out"))
        let error = #expect(throws: MatteError.self) {
            _ = try FolderLock(bench.folder.path("out"), patienceSeconds: 0.1)
        }
        #expect(error?.kind == .tryAgain)
        withExtendedLifetime(lock) {}
    }

    @Test func whatOthersMadeIsNotReplaced() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        try bench.write("mine", "out/journal.jsonl")
        #expect(throws: MatteError.self) { try bench.run() }
        #expect(try bench.text("out/journal.jsonl") == "mine")
        try FileManager.default.removeItem(atPath: bench.folder.path("out/journal.jsonl"))
        try bench.write("mine", "out/report.json")
        #expect(throws: MatteError.self) { try bench.run() }
        #expect(try bench.text("out/report.json") == "mine" && bench.log.isEmpty)
    }

    @Test func aFileThatArrivesIsTakenWhenItIsStill() throws {
        let bench = try BulkBench()
        try bench.write("begun", "in/late.mp4")
        var steps = 0
        let report = try bench.run {
            $0.inputs = []
            $0.watched = [bench.folder.path("in")]
            $0.settleSeconds = 0.4
        } isCancelled: {
            steps += 1
            // Written on and on for a while: not to be taken before it is complete.
            if steps < 8 { try? bench.write("begun" + String(repeating: "+", count: steps), "in/late.mp4") }
            return bench.names(in: "out").contains("late_matte.mp4") && steps > 20
        }
        #expect(try bench.text("out/late_matte.mp4") == "begun+++++++")
        #expect(bench.log == ["late.mp4"] && report.done == 1)
    }

    @Test func theReportIsOnePageAndEscapesNames() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/bad <b>&\".mp4")
        try bench.write("y", "in/ü 🎬.mp4")
        _ = try bench.run()
        let page = try bench.text("out/report.html")
        #expect(page.contains("bad &lt;b&gt;&amp;&quot;.mp4") && !page.contains("<b>&\""))
        #expect(page.contains("./%C3%BC%20%F0%9F%8E%AC_matte.mp4") && !page.contains("http"))
        let json = try JSONSerialization.jsonObject(with: Data(bench.text("out/report.json").utf8)) as? [String: Any]
        #expect(json?["failed"] as? Int == 1 && (json?["clips"] as? [Any])?.count == 2)
    }
}
