import Foundation

/// A file system of a few hundred kilobytes, where the machine allows mounting one.
public final class SmallDisk: Sendable {
    private let folder: TemporaryFolder

    public static let canMount: Bool = (try? SmallDisk(kilobytes: 16)) != nil

    public init(kilobytes: Int) throws {
        folder = try TemporaryFolder()
        try Self.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path("")])
    }

    /// Makes room, as a person would.
    public func grow(kilobytes: Int) throws {
        try Self.run("mount", ["-o", "remount,size=\(kilobytes)k", folder.path("")])
    }

    deinit { try? Self.run("umount", [folder.path("")]) }

    public func path(_ name: String) -> String { folder.path(name) }

    public var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path(""))) ?? [] }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}
