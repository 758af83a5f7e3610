import Frames
import Matting
import Pixels

/// A network that keeps the mattes it gives, and later gives them again for nothing.
final class RecordedMattes: MattingNetwork, @unchecked Sendable {
    // Sendable: while a job runs, its matting stage alone touches it.
    private let network: any AdjustableNetwork
    private var mattes: [Matte] = []
    private var next = 0
    private let pool = FloatPool()
    /// Whether the mattes come from the record: pictures are still sampled for the network, which is left out alone.
    var replays = false { didSet { next = 0 } }

    init(_ network: any AdjustableNetwork) { self.network = network }

    let carriesState = true
    var engineName: String { network.engineName }
    var deviceName: String { network.deviceName }

    func reset() { network.reset() }

    func matte(_ frame: Frame) throws -> Matte {
        defer { next += 1 }
        guard replays, mattes.indices.contains(next) else {
            let matte = try network.matte(frame)
            if !mattes.indices.contains(next) { mattes.append(matte) }
            return matte
        }
        _ = NetworkSampler.sample(frame, ratio: Float(network.ratio(for: frame.size)), pool: pool)
        return mattes[next]
    }
}
