import Foundation
import Frames
import MatteKit
import Shards
import TestSupport
import Testing

struct PlanBadInputTests {
    private func kind(_ body: () throws -> Void) -> MatteError? {
        do {
            try body()
            return nil
        } catch {
            return error as? MatteError
        }
    }

    @Test func aChangedInputIsNamedAndNeverTriedAgain() throws {
        let fixture = try PlanFixture()
        let plan = try Planner(fixture.request()).make()
        try PlanFixture.writeClip(fixture.clip, shots: ["smptebars", "testsrc2"])
        let error = kind { _ = try ShardWorker(plan, shard: 0, program: "1").run() }
        #expect(error?.kind == .badInput)
        #expect(error?.message.contains("'\(fixture.clip)' has changed since the plan was made") == true)
        let status = PlanStatus(of: plan)
        #expect((status.done, status.failed, status.missing) == (0, 1, plan.shardCount - 1))
        #expect(status.failures.first?.isWorthRetrying == false)
    }

    @Test func aCopyOfTheInputIsTheSameInput() throws {
        let fixture = try PlanFixture()
        let plan = try Planner(fixture.request(chunkSeconds: 60)).make()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.clip))
        try FileManager.default.removeItem(atPath: fixture.clip)
        try bytes.write(to: URL(fileURLWithPath: fixture.clip))
        #expect(try ShardWorker(plan, shard: 0, program: "1").run() == .done(frames: PlanFixture.frames, warmUp: nil))
    }

    @Test func whatIsMissingIsNamed() throws {
        let fixture = try PlanFixture()
        #expect(kind { _ = try ShardPlan(folder: fixture.folder.path("none")) }?.kind == .noInput)
        let plan = try Planner(fixture.request()).make()
        let outOfRange = kind { _ = try ShardWorker(plan, shard: 4, program: "1") }
        #expect(outOfRange?.kind == .usage)
        #expect(outOfRange?.advice == "choose 0 to 3")
        #expect(kind { _ = try ShardWorker(plan, shard: -1, program: "1") }?.kind == .usage)
        for shard in [0, 1, 3] { _ = try ShardWorker(plan, shard: shard, program: "1").run() }
        let report = PlanMerger(plan).run()
        #expect(report.kinds == [.noInput])
        #expect(report.failures.first?.message.contains("shard 2 is not done") == true)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.path("out.mkv")))
        try FileManager.default.removeItem(atPath: plan.folder + "/chunks/00001/piece-0-0.mkv")
        _ = try ShardWorker(plan, shard: 2, program: "1").run()
        #expect(PlanMerger(plan).run().failures.first?.message.contains("piece-0-0.mkv' is gone") == true)
    }

    @Test func aDamagedPieceIsFoundByItsPictures() throws {
        let fixture = try PlanFixture()
        let plan = try Planner(fixture.request()).make()
        try fixture.work(plan)
        let piece = plan.folder + "/chunks/00001/piece-0-0.mkv"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: piece))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: piece))
        let report = PlanMerger(plan).run()
        #expect(report.kinds == [.badInput])
        #expect(report.failures.first?.message.contains("piece-0-0.mkv") == true)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.path("out.mkv")))
    }

    @Test func anotherVersionOrModelIsRefused() throws {
        let fixture = try PlanFixture()
        let plan = try Planner(fixture.request()).make()
        #expect(kind { _ = try ShardWorker(plan, shard: 0, program: "2").run() }?.kind == .configuration)
        try FileManager.default.removeItem(atPath: fixture.folder.path("tiny.yaml"))
        // Without its card the model cannot be known.
        #expect(kind { _ = try ShardWorker(plan, shard: 0, program: "1").run() }?.kind == .badInput)
    }

    @Test func nothingIsOverwritten() throws {
        let fixture = try PlanFixture()
        try Data("mine".utf8).write(to: URL(fileURLWithPath: fixture.folder.path("out.mkv")))
        #expect(kind { _ = try Planner(fixture.request()).make() }?.kind == .cannotCreate)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.path("plan")))
        try FileManager.default.removeItem(atPath: fixture.folder.path("out.mkv"))
        let plan = try Planner(fixture.request(chunkSeconds: 60)).make()
        #expect(kind { _ = try Planner(fixture.request()).make() }?.kind == .cannotCreate)
        try fixture.work(plan)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: fixture.folder.path("out.mkv")))
        #expect(PlanMerger(plan).run().kinds == [.cannotCreate])
        #expect(try String(contentsOfFile: fixture.folder.path("out.mkv"), encoding: .utf8) == "mine")
    }

    @Test func namesThatCannotBeAreNamed() throws {
        let fixture = try PlanFixture()
        var request = fixture.request()
        request.clips.append(request.clips[0])
        #expect(kind { _ = try Planner(request).make() }?.message.contains("both write") == true)
        request = fixture.request()
        request.clips[0].output = fixture.folder.path("./in.mp4")
        #expect(kind { _ = try Planner(request).make() }?.message.contains("is an input") == true)
        for (input, output, expected) in [
            ("-", "out.mkv", MatteError.Kind.usage), (fixture.clip, "frames/%05d.png", .usage),
            (fixture.folder.path("none.mp4"), "out.mkv", .noInput),
        ] {
            request.clips[0].input = input
            request.clips[0].output = fixture.folder.path(output)
            #expect(kind { _ = try Planner(request).make() }?.kind == expected, "\(input) \(output)")
        }
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.path("plan")))
    }

    @Test(arguments: ["with spaces 'and' \"quotes\".mp4", "line\nbreak $HOME `x`.mp4", "🙂 émoji %05d.mp4"])
    func oddNamesWork(name: String) throws {
        let fixture = try PlanFixture(name: name, shots: ["testsrc2", "mandelbrot"])
        let plan = try Planner(fixture.request("plan \(name)", output: "out \(name).mkv")).make()
        try fixture.work(try ShardPlan(folder: fixture.folder.path("plan \(name)")))
        #expect(PlanMerger(plan).run().merged == [fixture.folder.path("out \(name).mkv")])
    }

    @Test func aDamagedPlanIsNoPlan() throws {
        let fixture = try PlanFixture()
        let plan = try Planner(fixture.request()).make()
        let file = URL(fileURLWithPath: plan.folder + "/plan.jsonl")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.prefix(text.count - 40).utf8).write(to: file)
        #expect(kind { _ = try ShardPlan(folder: plan.folder) }?.kind == .badInput)
    }
}
