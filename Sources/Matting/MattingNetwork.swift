public import Frames

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

    /// - Parameter frame: any format. Another size than before resets the state by itself.
    /// - Throws: `.badInput` for a picture without pixels, `.internal` with the engine's words.
    func matte(_ frame: Frame) throws -> Matte
}

extension MattingNetwork {
    public func warmUp(_ frame: Frame) throws { _ = try matte(frame) }
}
