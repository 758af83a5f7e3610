import Decoding
import FFmpeg
import Foundation
import Frames
import Pipeline
import Synchronization

struct Broken: Error, Equatable {
    let part: String
}

/// Gives `count` small frames with irregular times; breaks at frame `breaksAt`.
final class FakeSource: ClipSource {
    private let count: Int
    private let breaksAt: Int?
    private var index = 0
    let damagedPackets = 3
    /// How many frames exist at a time, to see that queues are bounded.
    let alive = LiveCounter()

    init(count: Int, breaksAt: Int? = nil) {
        self.count = count
        self.breaksAt = breaksAt
    }

    func next() throws -> DecodedItem? {
        if index == breaksAt { throw Broken(part: "source") }
        guard index < count else { return nil }
        defer { index += 1 }
        return .frame(makeFrame(index, alive: alive))
    }
}

/// Counts objects that live now, and the most that ever did.
final class LiveCounter: Sendable {
    private let now = Atomic<Int>(0)
    private let peak = Atomic<Int>(0)

    var most: Int { peak.load(ordering: .acquiring) }

    func born() {
        let count = now.add(1, ordering: .acquiringAndReleasing).newValue
        _ = peak.max(count, ordering: .acquiringAndReleasing)
    }

    func died() { now.subtract(1, ordering: .acquiringAndReleasing) }
}

/// The storage of a fake frame: a frame is alive as long as this is.
final class CountedStorage: Sendable {
    private let buffer: FrameBuffer
    private let counter: LiveCounter

    init(_ buffer: FrameBuffer, _ counter: LiveCounter) {
        self.buffer = buffer
        self.counter = counter
        counter.born()
    }

    deinit { counter.died() }
}

func makeFrame(_ index: Int, alive: LiveCounter) -> Frame {
    let buffer = FrameBuffer(size: Size(width: 4, height: 2), format: .gray())
    let frame = buffer.frame(
        color: ColorDescription(),
        timestamp: Timestamp(ticks: Int64(index * index), timeBase: Rational(1, 1000)))
    return Frame(
        size: frame.size, format: frame.format, color: frame.color, timestamp: frame.timestamp, planes: frame.planes,
        storage: CountedStorage(buffer, alive))
}

/// Passes frames on; holds `holdsBack` frames until it has seen more, as a warm-up does.
final class FakeMatter: FrameMatter {
    private let holdsBack: Int
    private let breaksAt: Int64?
    private var held: [Frame] = []
    private(set) var shotCount = 0

    init(holdsBack: Int = 0, breaksAt: Int64? = nil) {
        self.holdsBack = holdsBack
        self.breaksAt = breaksAt
    }

    func process(_ frame: Frame, emit: (MattedFrame) throws -> Void) throws {
        if frame.timestamp.ticks == breaksAt { throw Broken(part: "matter") }
        held.append(frame)
        while held.count > holdsBack { try emit(matted(held.removeFirst())) }
    }

    func finish(emit: (MattedFrame) throws -> Void) throws {
        for frame in held { try emit(matted(frame)) }
        held = []
        shotCount = 1
    }

    private func matted(_ frame: Frame) -> MattedFrame {
        let picture = FloatImage(size: frame.size, channels: 3) { $0.initialize(repeating: 0) }
        let alpha = FloatImage(size: frame.size, channels: 1) { $0.initialize(repeating: 1) }
        return MattedFrame(
            frame: frame, matte: .dense(DenseMatte(picture: picture, alpha: alpha, foreground: nil)), startsShot: false)
    }
}

/// Gives the frame itself to each of `outputs` sinks.
final class FakeRenderer: FrameRenderer {
    private let outputs: Int
    private let breaksAt: Int64?

    init(outputs: Int = 1, breaksAt: Int64? = nil) {
        self.outputs = outputs
        self.breaksAt = breaksAt
    }

    func render(_ matted: MattedFrame) throws -> [Frame] {
        if matted.frame.timestamp.ticks == breaksAt { throw Broken(part: "renderer") }
        return Array(repeating: matted.frame, count: outputs)
    }
}

/// Remembers times; breaks at a frame or at its end; may be slow.
final class FakeSink: ClipSink {
    private let breaksAt: Int64?
    private let breaksAtEnd: Bool
    private let delay: TimeInterval
    let copiesStreams = false
    private(set) var ticks: [Int64] = []
    private(set) var finished = false
    private(set) var abandoned = false

    init(breaksAt: Int64? = nil, breaksAtEnd: Bool = false, delay: TimeInterval = 0) {
        self.breaksAt = breaksAt
        self.breaksAtEnd = breaksAtEnd
        self.delay = delay
    }

    func write(_ frame: Frame) throws {
        if frame.timestamp.ticks == breaksAt { throw Broken(part: "sink") }
        if delay > 0 { Thread.sleep(forTimeInterval: delay) }
        ticks.append(frame.timestamp.ticks)
    }

    func write(_ packet: Packet) throws {}

    func finish() throws {
        if breaksAtEnd { throw Broken(part: "sink's end") }
        finished = true
    }

    func abandon() { abandoned = true }
}
