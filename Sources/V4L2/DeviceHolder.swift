internal import Glibc

/// A program that has a device open.
public struct DeviceHolder: Sendable, Hashable {
    public let process: Int32
    /// The program's name, as `ps` shows it.
    public let program: String

    /// Those that have the device open, except this process.
    ///
    /// Only processes that this user may look into are seen: one's own, or all as root.
    public static func all(of path: String) -> [DeviceHolder] {
        guard let device = SystemFile.resolved(path) else { return [] }
        return SystemFile.entries(of: "/proc").compactMap { Int32($0) }.sorted().compactMap { process in
            guard process != getpid(), holds(process, device) else { return nil }
            return DeviceHolder(process: process, program: SystemFile.line("/proc/\(process)/comm") ?? "?")
        }
    }

    private static func holds(_ process: Int32, _ device: String) -> Bool {
        let folder = "/proc/\(process)/fd"
        return SystemFile.entries(of: folder).contains { SystemFile.target(ofLink: "\(folder)/\($0)") == device }
    }

    /// "'obs' (process 4711)".
    public var description: String { "'\(program)' (process \(process))" }
}
