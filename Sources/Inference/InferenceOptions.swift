internal import Foundation
internal import Frames

/// Who runs the network, and on what.
public struct InferenceOptions: Sendable, Hashable {
    /// "auto" or one of `Engines.names`.
    public var engine = "auto"
    /// "cpu", "cuda", "cuda:1", "gpu", "npu" …: see `Device`.
    public var device = "cpu"
    /// CPU threads of a session; nil for as many as there are cores.
    public var threads: Int?
    /// Fail, instead of falling back to the CPU with a notice, where the device cannot be had.
    public var requireDevice = false
    /// Nil for what the user's program takes as its default.
    public var precision: Precision?
    /// A folder in which processes that run the same networks leave each other what they found out about them; nil for
    /// none. Results are the same with and without.
    public var findings: String?

    public init() {}

    public init(
        engine: String = "auto", device: String = "cpu", threads: Int? = nil, requireDevice: Bool = false,
        precision: Precision? = nil
    ) {
        self.engine = engine
        self.device = device
        self.threads = threads
        self.requireDevice = requireDevice
        self.precision = precision
    }

    /// - Throws: `.usage` for a number that no session takes.
    func threadCount() throws -> Int {
        let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
        guard (1...1024).contains(count) else {
            throw MatteError(.usage, "\(count) threads cannot be used", advice: "choose a number from 1 to 1024")
        }
        return count
    }
}
