internal import Glibc

/// The kernel module v4l2loopback, as it is loaded.
public struct LoopbackModule: Sendable, Hashable {
    /// "0.12.7".
    public let version: String
    /// Whether its devices show themselves as cameras only while they are written to, one by one; empty where the
    /// system does not say.
    public let exclusiveCaps: [Bool]

    /// Nil where the module is not loaded.
    public init?() {
        let folder = "/sys/module/v4l2loopback"
        guard let version = SystemFile.line("\(folder)/version") else { return nil }
        self.init(version: version, parameters: SystemFile.line("\(folder)/parameters/exclusive_caps") ?? "")
    }

    /// - Parameter parameters: "Y,N,N", one letter for each device the module may have.
    init(version: String, parameters: String) {
        self.version = version
        exclusiveCaps = parameters.split(separator: ",").map { $0 == "Y" || $0 == "1" }
    }

    /// Nil where the module has none.
    public var control: LoopbackControl? {
        access(LoopbackControl.path, F_OK) == 0 ? LoopbackControl(version: version) : nil
    }
}
