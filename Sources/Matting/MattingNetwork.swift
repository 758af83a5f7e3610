public import Frames
public import Plates

/// A network, or a method without one, that mattes pictures one after the other. Used by one thread at a time.
public protocol MattingNetwork: AnyObject {
    /// Whether a picture's matte depends on the pictures before it; if not, there is nothing to warm up.
    var carriesState: Bool { get }
    /// What runs it ("onnxruntime 1.31.1").
    var engineName: String { get }
    /// What it runs on ("cpu", "cuda:0").
    var deviceName: String { get }

    /// Forgets all earlier pictures.
    func reset()

    /// Lets the network see a picture of which no matte is wanted.
    func warmUp(_ frame: Frame) throws

    /// What is remembered of earlier pictures; empty for a network that remembers nothing.
    var memory: NetworkMemory { get }

    /// Goes on from what a network of the same model remembered.
    ///
    /// - Throws: `.badInput` for another network's memory.
    func recall(_ memory: NetworkMemory) throws

    /// - Parameter frame: any format. Another size than before resets the state by itself.
    /// - Throws: `.badInput` for a picture without pixels, `.internal` with the engine's words.
    func matte(_ frame: Frame) throws -> Matte
}

extension MattingNetwork {
    public func warmUp(_ frame: Frame) throws { _ = try matte(frame) }
    public var memory: NetworkMemory { NetworkMemory() }
    public func recall(_ memory: NetworkMemory) throws {}
}

/// A network that can work at another size from one picture to the next.
public protocol AdjustableNetwork: MattingNetwork {
    /// How much smaller it works than the picture is, above 0 to 1; nil for 512 pixels along the longer side. A new
    /// ratio resets the state, whose size follows it.
    var ratio: Double? { get set }
    /// The ratio that `matte` takes for pictures of this size.
    func ratio(for size: Size) -> Double
}

/// A network that sees the empty room beside each picture.
public protocol RoomNetwork: MattingNetwork {
    /// The room, of the pictures' aspect. Nil until it is known; there are no mattes without it. Another one takes effect
    /// at the next picture.
    var plate: CleanPlate? { get set }
}
