internal import Glibc

/// A program that has a device open.
public struct DeviceHolder: Sendable, Hashable {
    public let process: Int32
    /// The program's name, as `ps` shows it.
    public let program: String

    /// Those that have the device open, except this process and its children.
    ///
    /// Only processes that this user may look into are seen: one's own, or all as root.
    public static func all(of path: String) -> [DeviceHolder] {
        guard let device = SystemFile.resolved(path) else { return [] }
        return SystemFile.entries(of: "/proc").compactMap { Int32($0) }.sorted().compactMap { process in
            guard process != getpid(), holds(process, device), parent(of: process) != getpid() else { return nil }
            return DeviceHolder(process: process, program: SystemFile.line("/proc/\(process)/comm") ?? "?")
        }
    }

    /// The fourth field of proc(5)'s stat; the second one, a name in brackets, may hold anything.
    private static func parent(of process: Int32) -> Int32? {
        let fields = SystemFile.line("/proc/\(process)/stat")?.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 1 ? Int32(fields[1]) : nil
    }

    private static func holds(_ process: Int32, _ device: String) -> Bool {
        let folder = "/proc/\(process)/fd"
        return SystemFile.entries(of: folder).contains { SystemFile.target(ofLink: "\(folder)/\($0)") == device }
    }

    /// "'obs' (process 4711)".
    public var description: String { "'\(program)' (process \(process))" }
}
