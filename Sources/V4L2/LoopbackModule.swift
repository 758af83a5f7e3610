internal import Glibc

/// The kernel module v4l2loopback, as it is loaded.
public struct LoopbackModule: Sendable, Hashable {
    /// "0.15.0"; nil for a module that does not say, which 0.13 was the first to do, and that DKMS knows nothing of.
    public let version: String?
    /// Whether its devices show themselves as cameras only while they are written to, one by one; empty where the
    /// system does not say.
    public let exclusiveCaps: [Bool]

    /// Nil where the module is not loaded.
    public init?() { self.init(root: "") }

    /// - Parameter root: the folder with the system's `/sys`, `/proc` and `/var`.
    init?(root: String) {
        let folder = "\(root)/sys/module/v4l2loopback"
        guard access(folder, F_OK) == 0 else { return nil }
        version = SystemFile.line("\(folder)/version") ?? Self.versionFromDKMS(root: root)
        // "Y,N,N", one letter for each device that there may be.
        let parameter = SystemFile.line("\(folder)/parameters/exclusive_caps") ?? ""
        exclusiveCaps = parameter.split(separator: ",").map { $0 == "Y" || $0 == "1" }
    }

    /// That of the sources from which DKMS made a module for this kernel. One that would say its version itself is a newer
    /// one than the module that is loaded.
    private static func versionFromDKMS(root: String) -> String? {
        let folder = "\(root)/var/lib/dkms/v4l2loopback"
        guard let kernel = SystemFile.line("\(root)/proc/sys/kernel/osrelease") else { return nil }
        let versions = SystemFile.entries(of: folder).filter { version in
            LoopbackControl(version: version) == nil && SystemFile.entries(of: "\(folder)/\(version)").contains(kernel)
        }
        return versions.count == 1 ? versions.first : nil
    }

    /// Nil where the module has none.
    public var control: LoopbackControl? {
        access(LoopbackControl.path, F_OK) == 0 ? version.flatMap { LoopbackControl(version: $0) } : nil
    }
}
