public import Frames
internal import Pixels
public import Plates

/// A network whose mattes are made better with a clean plate. Used by one thread at a time.
public final class PlateNetwork: MattingNetwork {
    private let network: any MattingNetwork
    private let matting: PlateMatting
    private var size: Size?

    private var seconds = (network: 0.0, plate: 0.0)
    private var frames = 0

    public var carriesState: Bool { network.carriesState }
    public var engineName: String { network.engineName }
    public var deviceName: String { network.deviceName }

    /// How long network and plate took; nil before the first frame.
    public var times: PlateTimes? {
        guard frames > 0 else { return nil }
        func perFrame(_ seconds: Double) -> Double { seconds * 1000 / Double(frames) }
        return PlateTimes(
            meanNetworkMilliseconds: perFrame(seconds.network), meanPlateMilliseconds: perFrame(seconds.plate))
    }

    /// The part of the plate's picture that a subject in it must cover to be one.
    private static let leastSubject: Float = 0.003

    /// - Parameters:
    ///   - name: of the plate, for notices.
    ///   - notice: told where the subject is still in the plate; the plate counts as unknown there.
    /// - Throws: what the network throws for the plate's picture.
    public init(
        _ network: any MattingNetwork, plate: CleanPlate, keep: PlateKeep, name: String,
        notice: NoticeHandler = { _ in }
    ) throws {
        self.network = network
        let subject = try network.subject(of: plate.picture)
        network.reset()
        let visible = subject.multiplied(by: plate.known)
        if visible.share(above: 0.5) > Self.leastSubject {
            notice("a subject is still in the plate '\(name)'; the room behind it counts as unknown")
            matting = PlateMatting(plate: plate.hiding(subject), keep: keep)
        } else {
            matting = PlateMatting(plate: plate, keep: keep)
        }
    }

    public func reset() {
        network.reset()
        matting.reset()
    }

    /// The network settles; the plate is laid under pictures that count.
    public func warmUp(_ frame: Frame) throws { try network.warmUp(frame) }

    /// The network's, and the plate's as a last state.
    public var memory: NetworkMemory {
        var memory = network.memory
        let own = matting.memory
        guard !own.isEmpty else { return memory }
        memory.size = memory.size ?? size
        memory.states.append(NetworkMemory.State(shape: [own.count], values: own))
        return memory
    }

    public func recall(_ memory: NetworkMemory) throws {
        var memory = memory
        var own: [Float] = []
        if let last = memory.states.last, last.shape.count == 1 {
            own = last.values
            memory.states.removeLast()
        }
        guard own.isEmpty || memory.size.map({ matting.recall(own, for: $0) }) ?? false else {
            throw MatteError(.badInput, "a checkpoint is damaged", advice: "begin anew")
        }
        if own.isEmpty { matting.reset() }
        size = memory.size
        if !network.carriesState { memory.size = nil }
        try network.recall(memory)
    }

    public func matte(_ frame: Frame) throws -> Matte {
        size = frame.size
        let clock = ContinuousClock()
        let start = clock.now
        let matte = try network.matte(frame)
        let middle = clock.now
        defer {
            seconds.network += (middle - start) / .seconds(1)
            seconds.plate += (clock.now - middle) / .seconds(1)
            frames += 1
        }
        return matting.refined(matte, of: frame)
    }
}

/// What a frame's matte took, on average.
public struct PlateTimes: Sendable, Codable {
    public let meanNetworkMilliseconds: Double
    /// Of laying the plate under the frame and solving with it.
    public let meanPlateMilliseconds: Double
}

extension MattingNetwork {
    /// Alpha of a single picture; a network that carries state sees it again and again until it has settled.
    ///
    /// - Parameter picture: R'G'B'.
    public func subject(of picture: FloatImage) throws -> FloatImage {
        let writer = FrameWriter(
            pool: FramePool(size: picture.size, format: .rgb48), color: ColorDescription())
        let frame = try writer.write(picture, timestamp: Timestamp(ticks: 0, timeBase: Rational(1, 25)))
        return try subject(of: frame)
    }

    /// Alpha of a single frame, whatever was seen before.
    public func subject(of frame: Frame) throws -> FloatImage {
        reset()
        if carriesState { for _ in 0..<2 { _ = try matte(frame) } }
        return try matte(frame).dense(for: frame, withForeground: false).alpha
    }
}
