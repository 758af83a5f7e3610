import Dispatch
import Decoding
import FFmpeg
import Frames

/// decode → matte → composite → encode: four serial queues, bounded by credits.
///
/// One object runs one clip once. The recurrent state lives in the matte stage; frames stay in order; the result does
/// not depend on `capacity` or on timing.
public final class ClipPipeline {
    private enum EncodeItem: Sendable {
        case pictures([Frame])
        case packet(Packet)
    }

    private let source: Confined<any ClipSource>
    private let matter: Confined<any FrameMatter>
    private let renderer: Confined<any FrameRenderer>
    private let sinks: Confined<[any ClipSink]>
    private let capacity: Int
    private let expectedFrames: Int?
    /// Shared with whoever may stop the run: a signal handler, FFmpeg's interrupt callback.
    public let state: RunState

    /// - Parameters:
    ///   - sinks: the outputs, in the order of the renderer's pictures.
    ///   - capacity: credits of each queue, 1 or more. Two let each stage work while the next one does.
    ///   - expectedFrames: for progress only.
    public init(
        source: any ClipSource, matter: any FrameMatter, renderer: any FrameRenderer, sinks: [any ClipSink],
        capacity: Int = 2, expectedFrames: Int? = nil, state: RunState = RunState()
    ) {
        self.source = Confined(value: source)
        self.matter = Confined(value: matter)
        self.renderer = Confined(value: renderer)
        self.sinks = Confined(value: sinks)
        self.capacity = capacity
        self.expectedFrames = expectedFrames
        self.state = state
    }

    /// Runs the clip through and completes the outputs. Blocks the caller until every stage is done.
    ///
    /// - Parameter progress: called on the encoding queue after every frame.
    /// - Throws: the first error of any stage, after every output has been abandoned; `.interrupted` after a cancel.
    public func run(progress: @escaping @Sendable (RunProgress) -> Void = { _ in }) throws -> PipelineReport {
        let clock = RunClock(expectedFrames: expectedFrames)
        let meters = ["decode", "matte", "composite", "encode"].map(StageMeter.init(name:))
        let done = DispatchGroup()
        done.enter()
        start(meters: meters, clock: clock, progress: progress) { done.leave() }
        done.wait()

        if let error = state.error {
            for sink in sinks.value { sink.abandon() }
            throw error
        }
        return clock.report(
            shots: matter.value.shotCount, damagedPackets: source.value.damagedPackets, meters: meters)
    }

    /// Builds the chain from its end to its beginning and sets the decoder going.
    private func start(
        meters: [StageMeter], clock: RunClock, progress: @escaping @Sendable (RunProgress) -> Void,
        done: @escaping @Sendable () -> Void
    ) {
        let (source, matter, renderer, sinks, state) = (source, matter, renderer, sinks, state)
        let (decodeMeter, matteMeter, compositeMeter, encodeMeter) = (meters[0], meters[1], meters[2], meters[3])

        let encode = Stage<EncodeItem>(meter: encodeMeter, capacity: capacity, state: state) { item in
            switch item {
            case .pictures(let pictures):
                for (sink, picture) in zip(sinks.value, pictures) { try sink.write(picture) }
                progress(clock.frameDone())
            case .packet(let packet):
                for sink in sinks.value where sink.copiesStreams { try sink.write(packet) }
            }
        }
        let composite = Stage<MattedFrame>(meter: compositeMeter, capacity: capacity, state: state) { matted in
            encode.send(.pictures(try renderer.value.render(matted)), from: compositeMeter)
        }
        let matte = Stage<Frame>(meter: matteMeter, capacity: capacity, state: state) { frame in
            try matter.value.process(frame) { composite.send($0, from: matteMeter) }
        }

        DispatchQueue(label: "matte.decode").async {
            do {
                while !state.isStopped {
                    guard let item = try decodeMeter.measure({ try source.value.next() }) else { break }
                    clock.sawDamage(source.value.damagedPackets)
                    switch item {
                    case .frame(let frame): matte.send(frame, from: decodeMeter)
                    case .packet(let packet): encode.send(.packet(packet), from: decodeMeter)
                    }
                }
            } catch {
                state.fail(error)
            }
            // FIFO order: each flush runs after its stage's last frame, and each stage ends the next one.
            matte.finish {
                try matter.value.finish { composite.send($0, from: matteMeter) }
            } next: {
                composite.finish {
                } next: {
                    encode.finish {
                        for sink in sinks.value { try sink.finish() }
                    } next: {
                        done()
                    }
                }
            }
        }
    }
}
