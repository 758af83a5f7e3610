/// Who runs the network, and on what.
public struct InferenceOptions: Sendable, Hashable {
    /// "auto" or one of `Engines.names`.
    public var engine = "auto"
    /// "cpu", "cuda", "cuda:1", "tensorrt", "openvino" …: see `Device`.
    public var device = "cpu"
    /// CPU threads of a session; nil for as many as there are cores.
    public var threads: Int?
    /// Fail, instead of falling back to the CPU with a notice, where the device cannot be had.
    public var requireDevice = false

    public init() {}

    public init(engine: String = "auto", device: String = "cpu", threads: Int? = nil, requireDevice: Bool = false) {
        self.engine = engine
        self.device = device
        self.threads = threads
        self.requireDevice = requireDevice
    }
}
