public import Foundation
import Dispatch

/// A folder that is gone when the last owner is.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "matte-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of `name` in the folder; the folder itself for an empty name.
    public func path(_ name: String) -> String { name.isEmpty ? url.path : url.appending(path: name).path }
}

/// The `ffmpeg` and `ffprobe` programs, which make and examine media for tests.
public enum FFmpegTool {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Runs `ffmpeg -y …`.
    public static func run(_ arguments: [String]) throws { _ = try output(arguments) }

    /// Runs `ffmpeg -y …` and gives its standard output.
    public static func output(_ arguments: [String]) throws -> Data {
        try execute("ffmpeg", ["-v", "error", "-nostdin", "-y"] + arguments)
    }

    public static func ffprobe(_ arguments: [String]) throws -> String {
        String(decoding: try execute("ffprobe", arguments), as: UTF8.self)
    }

    private static func execute(_ program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // Read both at once: a full pipe would stop the program.
        let words = Collected()
        let group = DispatchGroup()
        DispatchQueue(label: "ffmpeg.errors").async(group: group) {
            words.data = errors.fileHandleForReading.readDataToEndOfFile()
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        group.wait()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "\(program) \(arguments.joined(separator: " ")): "
                    + String(decoding: words.data, as: UTF8.self))
        }
        return data
    }

    /// Written by one queue, read after it is done.
    private final class Collected: @unchecked Sendable {
        var data = Data()
    }
}
