import Frames
import Matting

/// A network that knows how long its last picture took it, whatever is done with the matte afterwards. Used by one thread
/// at a time.
final class TimedNetwork: MattingNetwork {
    private let network: any MattingNetwork
    /// Nil for a network that works at one size only.
    var adjustable: (any AdjustableNetwork)? { network as? any AdjustableNetwork }
    /// Nil for a network that does without the empty room.
    var room: (any RoomNetwork)? { network as? any RoomNetwork }
    private(set) var lastSeconds = 0.0

    init(_ network: any MattingNetwork) { self.network = network }

    var carriesState: Bool { network.carriesState }
    var engineName: String { network.engineName }
    var deviceName: String { network.deviceName }
    var memory: NetworkMemory { network.memory }

    func reset() { network.reset() }
    func warmUp(_ frame: Frame) throws { try network.warmUp(frame) }
    func recall(_ memory: NetworkMemory) throws { try network.recall(memory) }

    func matte(_ frame: Frame) throws -> Matte {
        let start = Monotonic.now()
        defer { lastSeconds = Monotonic.now() - start }
        return try network.matte(frame)
    }
}
