import Foundation
import Frames
import Pipeline
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ClipPipelineTests {
    private static func squares(_ count: Int) -> [Int64] { (0..<count).map { Int64($0 * $0) } }

    @Test(arguments: [1, 2, 8], [0, 5])
    func framesArriveInOrderWhateverTheCapacity(capacity: Int, holdsBack: Int) throws {
        let sinks = [FakeSink(), FakeSink()]
        let pipeline = ClipPipeline(
            source: FakeSource(count: 100), matter: FakeMatter(holdsBack: holdsBack),
            renderer: FakeRenderer(outputs: 2), sinks: sinks, capacity: capacity)
        let report = try pipeline.run()
        for sink in sinks {
            #expect(sink.ticks == Self.squares(100))
            #expect(sink.finished && !sink.abandoned)
        }
        #expect(report.frames == 100)
        #expect(report.shots == 1)
        #expect(report.damagedPackets == 3)
        #expect(report.stages.map(\.name) == ["decode", "matte", "composite", "encode"])
        #expect(report.stages.last?.items == 100)
        #expect(report.stages.dropFirst().allSatisfy { $0.mostQueued <= capacity })
    }

    @Test func anEmptySourceEndsCleanly() throws {
        let sink = FakeSink()
        let pipeline = ClipPipeline(
            source: FakeSource(count: 0), matter: FakeMatter(), renderer: FakeRenderer(), sinks: [sink])
        #expect(try pipeline.run().frames == 0)
        #expect(sink.finished)
    }

    @Test(arguments: [1, 3])
    func framesInFlightAreBounded(capacity: Int) throws {
        let source = FakeSource(count: 200)
        let pipeline = ClipPipeline(
            source: source, matter: FakeMatter(), renderer: FakeRenderer(), sinks: [FakeSink(delay: 0.0005)],
            capacity: capacity)
        _ = try pipeline.run()
        // Three queues, the frame in the decoder's hand, and one that each stage may be letting go of.
        #expect(source.alive.most <= 3 * capacity + 1 + 3)
    }

    struct Fault: Sendable {
        let part: String
        let source: @Sendable () -> FakeSource
        let matter: @Sendable () -> FakeMatter
        let renderer: @Sendable () -> FakeRenderer
        let sink: @Sendable () -> FakeSink

        init(
            _ part: String, source: @escaping @Sendable () -> FakeSource = { FakeSource(count: 60) },
            matter: @escaping @Sendable () -> FakeMatter = { FakeMatter() },
            renderer: @escaping @Sendable () -> FakeRenderer = { FakeRenderer(outputs: 2) },
            sink: @escaping @Sendable () -> FakeSink = { FakeSink() }
        ) {
            (self.part, self.source, self.matter, self.renderer, self.sink) = (part, source, matter, renderer, sink)
        }

        static let all: [Fault] = [
            Fault("source", source: { FakeSource(count: 60, breaksAt: 20) }),
            Fault("source", source: { FakeSource(count: 60, breaksAt: 0) }),
            Fault("matter", matter: { FakeMatter(breaksAt: 400) }),
            Fault("renderer", renderer: { FakeRenderer(outputs: 2, breaksAt: 400) }),
            Fault("sink", sink: { FakeSink(breaksAt: 400) }),
            Fault("sink's end", sink: { FakeSink(breaksAtEnd: true) }),
        ]
    }

    @Test(arguments: Fault.all.indices, [1, 4])
    func aFailingPartEndsTheRunAndAbandonsEveryOutput(index: Int, capacity: Int) throws {
        let fault = Fault.all[index]
        let sinks = [fault.sink(), FakeSink()]
        let pipeline = ClipPipeline(
            source: fault.source(), matter: fault.matter(), renderer: fault.renderer(), sinks: sinks,
            capacity: capacity)
        #expect(throws: Broken(part: fault.part)) { try pipeline.run() }
        #expect(sinks.allSatisfy { $0.abandoned })
    }

    @Test(arguments: [1, 8])
    func cancellingInTheMiddleEndsTheRun(capacity: Int) throws {
        let sink = FakeSink(delay: 0.002)
        let state = RunState()
        let pipeline = ClipPipeline(
            source: FakeSource(count: 100_000), matter: FakeMatter(holdsBack: 3), renderer: FakeRenderer(),
            sinks: [sink], capacity: capacity, state: state)
        let error = #expect(throws: MatteError.self) {
            try pipeline.run { if $0.frames == 10 { state.cancel() } }
        }
        #expect(error?.kind == .interrupted)
        #expect(sink.abandoned && !sink.finished)
        #expect(sink.ticks.count < 100)
    }

    @Test func cancellingFromOutsideWakesBlockedSenders() throws {
        let state = RunState()
        let pipeline = ClipPipeline(
            source: FakeSource(count: 100_000), matter: FakeMatter(), renderer: FakeRenderer(),
            sinks: [FakeSink(delay: 0.01)], capacity: 1, state: state)
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { state.cancel() }
        #expect(throws: MatteError.self) { try pipeline.run() }
    }

    @Test func progressCountsEveryFrame() throws {
        let pipeline = ClipPipeline(
            source: FakeSource(count: 30), matter: FakeMatter(), renderer: FakeRenderer(), sinks: [FakeSink()],
            expectedFrames: 30)
        let seen = Collector()
        _ = try pipeline.run { seen.add($0.frames) }
        #expect(seen.values == Array(1...30))
    }
}
