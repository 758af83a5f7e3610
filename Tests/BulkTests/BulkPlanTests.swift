import Foundation
import Frames
import Presets
import TestSupport
import Testing

@testable import Bulk

struct BulkPlanTests {
    private func plan(
        _ bench: BulkBench, products: Set<String> = [], notices: Notices = Notices(),
        _ change: (inout BulkOptions) -> Void = { _ in }
    ) throws -> BulkPlan {
        var options = bench.options
        change(&options)
        return try BulkPlan(options, products: products, notice: notices.add)
    }

    private func names(_ plan: BulkPlan) -> [String] { plan.clips.map(\.name) }

    @Test func foldersKeepTheirStructureAndOnlyVideosAreTaken() throws {
        let bench = try BulkBench()
        for name in ["b.mp4", "a/x.MOV", "a/notes.txt", "a/.hidden.mp4", "a/deep/er/y.webm", "p.png"] {
            try bench.write("x", "in/" + name)
        }
        #expect(names(try plan(bench)) == ["a/deep/er/y_matte.webm", "a/x_matte.mov", "b_matte.mp4"])
        #expect(names(try plan(bench) { $0.include = ["*.png"] }) == ["p_matte.png"])
        #expect(names(try plan(bench) { $0.exclude = ["a/*"] }) == ["b_matte.mp4"])
        #expect(names(try plan(bench) { $0.exclude = ["?.MOV", "y.*"] }) == ["b_matte.mp4"])
        #expect(
            names(try plan(bench) { $0.inputs = [bench.folder.path("") + "/in/*/*.MOV"] }) == ["a/x_matte.mov"])
        #expect(names(try plan(bench) { $0.inputs = [bench.folder.path("in/a/x.MOV")] }) == ["x_matte.mov"])
    }

    @Test func patternsNameTheOutputsAndFillOptions() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a/take.1.mp4")
        let plan = try plan(bench) {
            $0.name = "{stem}/{name}.{ext}"
            $0.settings += [
                RunSetting(name: "output-alpha", value: "{stem}_alpha.mkv"), RunSetting(name: "codec", value: "prores"),
                RunSetting(name: "encoder-option", value: "vendor={y}"),
            ]
        }
        #expect(plan.clips.first?.outputNames == ["a/take.1/take.1.mp4.mov", "a/take.1_alpha.mkv"])
        #expect(plan.clips.first?.settings.contains(RunSetting(name: "encoder-option", value: "vendor={y}")) == true)
        #expect(
            names(try self.plan(bench) { $0.settings += [.init(name: "codec", value: "png")] }) == ["a/take.1_matte/"])
        let error = #expect(throws: MatteError.self) { try self.plan(bench) { $0.name = "{stm}.mp4" } }
        #expect(error?.message.contains("did you mean '{stem}'") == true)
    }

    @Test func numberedPicturesAreCalledAfterTheirFolder() throws {
        let bench = try BulkBench()
        for number in 1...2 { try bench.write("x", "in/shot.1/000\(number).png") }
        let input = bench.folder.path("in/shot.1") + "/%04d.png"
        #expect(names(try plan(bench) { $0.inputs = [input] }) == ["shot.1_matte.mp4"])
    }

    @Test func outputsOfOneNameAreRefused() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        try bench.write("x", "in/a.avi")
        let error = #expect(throws: MatteError.self) { try plan(bench) }
        #expect(
            error?.kind == .usage && error?.message.contains("a.avi") == true
                && error?.message.contains("a.mp4") == true)
        #expect(names(try plan(bench) { $0.name = "{name}.{ext}" }) == ["a.avi.mp4", "a.mp4.mp4"].sorted())
        #expect(throws: MatteError.self) {
            try plan(bench) {
                $0.inputs = [bench.folder.path("in/a.mp4")]
                $0.settings.append(RunSetting(name: "output-alpha", value: "{stem}_matte.mp4"))
            }
        }
    }

    @Test func outputsAmongTheInputsAreNoInputs() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        try bench.write("x", "in/out/a_matte.mp4")
        #expect(names(try plan(bench) { $0.folder = bench.folder.path("in/out") }) == ["a_matte.mp4"])
        try bench.write("x", "in/a_matte.mp4")
        try FileManager.default.removeItem(atPath: bench.folder.path("in/out"))
        let into: (inout BulkOptions) -> Void = { $0.folder = bench.folder.path("in") }
        #expect(names(try plan(bench, products: ["a_matte.mp4"], into)) == ["a_matte.mp4"])
        let error = #expect(throws: MatteError.self) { try plan(bench, into) }
        #expect(error?.kind == .usage && error?.message.contains("is the input") == true)
    }

    @Test func whereResultsLieAmongTheInputsIsSaid() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        let (root, notices) = (bench.folder.path("in"), Notices())
        _ = try plan(bench, notices: notices) { $0.folder = root + "/out" }
        #expect(
            notices.all == ["'\(root)/out', where the results go, lies in '\(root)'; nothing in it is taken as a clip"])
    }

    /// Of another run, with other options.
    @Test func resultsOfOtherRunsAreNoInputs() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        let alpha = RunSetting(name: "output-alpha", value: "{stem}_alpha.mp4")
        _ = try bench.run {
            $0.folder = bench.folder.path("in/first")
            $0.settings.append(alpha)
        }
        // The worker of these tests makes the main output only.
        try bench.write("x", "in/first/a_alpha.mp4")
        try bench.write("x", "in/first/mine.mp4")
        let notices = Notices()
        #expect(names(try plan(bench, notices: notices)) == ["a_matte.mp4", "first/mine_matte.mp4"])
        #expect(
            notices.all.count == 1 && notices.all[0].contains("first/a_alpha.mp4' and 1 more are results of earlier"))
        // By name they are taken.
        let taken = names(try plan(bench) { $0.inputs = [bench.folder.path("in/first")] })
        #expect(taken == ["a_alpha_matte.mp4", "a_matte_matte.mp4", "mine_matte.mp4"])
    }

    @Test func furtherOutputsBesideTheInputsAreNoInputs() throws {
        let bench = try BulkBench()
        try bench.write("x", "in/a.mp4")
        let change: (inout BulkOptions) -> Void = {
            $0.folder = bench.folder.path("in")
            $0.settings.append(RunSetting(name: "output-alpha", value: "{stem}_alpha.mp4"))
        }
        _ = try bench.run(change)
        try bench.write("x", "in/a_alpha.mp4")
        #expect(try bench.run(change).total == 1)
    }

    @Test func aPlanHoldsNoClips() throws {
        let bench = try BulkBench()
        for name in ["a.mp4", "plan/plan.jsonl", "plan/chunks/00000/piece-0-0.mp4", "plan/results/a_matte.mp4"] {
            try bench.write("x", "in/" + name)
        }
        let notices = Notices()
        #expect(names(try plan(bench, notices: notices)) == ["a_matte.mp4"])
        #expect(notices.all == ["'\(bench.folder.path("in"))/plan' is a plan; nothing in it is taken as a clip"])
    }

    @Test func loopsAndUnreadableThingsAreNamedAndNothingStops() throws {
        let bench = try BulkBench()
        let root = bench.folder.path("in")
        try bench.write("x", "in/a b \"c\"\n'd' 🎬.mp4")
        try bench.write("x", "in/sub/e.mp4")
        symlink(root, root + "/sub/loop")
        symlink("/nowhere/at/all.mp4", root + "/gone.mp4")
        let bytes: [UInt8] = Array((root + "/caf").utf8) + [0xE9] + Array(".mp4".utf8) + [0]
        bytes.withUnsafeBufferPointer {
            close(
                open(UnsafeRawPointer($0.baseAddress!).assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o644))
        }
        let notices = Notices()
        let plan = try plan(bench, notices: notices) { $0.inputs.append(bench.folder.path("none*.mp4")) }
        #expect(notices.all == ["'\(root)/sub/loop' leads to a folder that was searched already"])
        #expect(names(plan) == ["a b \"c\"\n'd' 🎬_matte.mp4", "sub/e_matte.mp4"])
        let words = plan.problems.map(\.message).joined(separator: "\n")
        #expect(words.contains("gone.mp4") && words.contains("caf\\xE9.mp4") && words.contains("none*.mp4"), "\(words)")
        #expect(plan.problems.count == 3)
    }

    @Test func aManifestSaysEachLine() throws {
        let bench = try BulkBench()
        try bench.write(
            "input,output,background,scene-cuts\n\"a, 1.mp4\",one.mov,blue,\nb.mp4,,blur:30,false\n", "jobs.csv")
        try bench.write(
            #"""
            {"input": "a.mp4", "threads": 2, "scene-cuts": false, "encoder-option": ["a=1", "b=2"]}

            {"input": "b.mp4", "output": "deep/b.webm", "ratio": 0.5, "background": null}
            """#, "jobs.jsonl")
        let csv = try plan(bench) {
            $0.inputs = []
            $0.manifest = bench.folder.path("jobs.csv")
            $0.settings.append(RunSetting(name: "background", value: "red"))
        }
        #expect(csv.clips.map(\.input) == ["a, 1.mp4", "b.mp4"] && names(csv) == ["one.mov", "b_matte.mp4"])
        #expect(csv.clips.first?.settings.first { $0.name == "background" }?.value == "blue")
        #expect(csv.clips.last?.settings.contains(RunSetting(name: "scene-cuts", value: "false")) == true)
        let lines = try plan(bench) {
            $0.inputs = []
            $0.manifest = bench.folder.path("jobs.jsonl")
        }
        #expect(names(lines) == ["a_matte.mp4", "deep/b.webm"])
        #expect(lines.clips.first?.settings.filter { $0.name == "encoder-option" }.map(\.value) == ["a=1", "b=2"])
        #expect(lines.clips.last?.settings.contains(RunSetting(name: "ratio", value: "0.5")) == true)
    }

    @Test(arguments: [
        ("input,backgrund\na.mp4,blue\n", "jobs.csv:1", "background"), ("name\na.mp4\n", "jobs.csv:1", "'input'"),
        ("input,ratio\na.mp4,0.5\nb.mp4,7\n", "jobs.csv:3", "ratio"), ("input\na.mp4,b\n", "jobs.csv:2", "2 fields"),
        ("input,output\na.mp4,x.mp4\nb.mp4,x.mp4\n", "jobs.csv:3", "both write"),
        ("input,output\n,x.mp4\n", "jobs.csv:2", "no input"), ("input\n", "jobs.csv", "no clips"),
        ("input,output,output\na.mp4,x.mp4,y.mp4\n", "jobs.csv:1", "two columns 'output'"),
    ])
    func aBadLineIsNamedByItsNumber(text: String, place: String, words: String) throws {
        let bench = try BulkBench()
        try bench.write(text, "jobs.csv")
        let error = #expect(throws: MatteError.self) {
            try plan(bench) {
                $0.inputs = []
                $0.manifest = bench.folder.path("jobs.csv")
            }
        }
        #expect(
            error?.kind == .badInput && error?.description.contains(place) == true
                && error?.description.contains(words) == true,
            "\(String(describing: error))")
    }

    @Test func aBadLineOfJSONIsNamedByItsNumber() throws {
        let bench = try BulkBench()
        try bench.write("{\"input\": \"a.mp4\"}\n\n{input: b}\n{\"input\": {}}\n", "jobs.jsonl")
        let error = #expect(throws: MatteError.self) {
            try plan(bench) {
                $0.inputs = []
                $0.manifest = bench.folder.path("jobs.jsonl")
            }
        }
        #expect(error?.message.contains("jobs.jsonl:3") == true && error?.message.contains("1 more") == true)
    }
}
