import Foundation
import TestSupport

/// Runs the built `matte` as a person would.
struct MatteTool {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The executable lies beside the test bundle.
    static var executable: URL {
        let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return bundle.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "matte")
    }

    /// What `make deps` put into the checkout.
    private static var installed: [String: String] {
        let deps = RealModel.packageRoot.appending(path: ".deps")
        return [
            "MATTE_MODELS_DIR": RealModel.folder, "MATTE_ONNXRUNTIME": deps.appending(path: "onnxruntime").path,
            "MATTE_OPENVINO": deps.appending(path: "openvino").path,
            "MATTE_PYTHON": deps.appending(path: "python/bin/python").path,
        ]
    }

    /// Runs to the end.
    ///
    /// - Parameters:
    ///   - environment: added to this process's own.
    ///   - folder: the working folder.
    ///   - program: what to run; nil for `matte` itself.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], folder: URL? = nil, input: Data? = nil,
        program: String? = nil
    ) throws -> Outcome {
        let process = try start(
            arguments, environment: environment, folder: folder, hasInput: input != nil, program: program)
        if let input, let pipe = process.process.standardInput as? Pipe {
            DispatchQueue.global().async {
                try? pipe.fileHandleForWriting.write(contentsOf: input)
                try? pipe.fileHandleForWriting.close()
            }
        }
        return process.wait()
    }

    /// A running program whose words are collected.
    final class Running {
        let process: Process
        private let output: Pipe
        private let errors: Pipe

        init(process: Process, output: Pipe, errors: Pipe) {
            (self.process, self.output, self.errors) = (process, output, errors)
        }

        func wait() -> Outcome {
            let group = DispatchGroup()
            let collected = (Box(), Box())
            for (pipe, box) in [(output, collected.0), (errors, collected.1)] {
                let handle = pipe.fileHandleForReading
                DispatchQueue(label: "collect").async(group: group) { box.data = handle.readDataToEndOfFile() }
            }
            process.waitUntilExit()
            group.wait()
            return Outcome(
                status: process.terminationReason == .exit
                    ? process.terminationStatus : 128 + process.terminationStatus,
                output: String(decoding: collected.0.data, as: UTF8.self),
                errors: String(decoding: collected.1.data, as: UTF8.self))
        }

        /// Written by one queue, read after the group is done.
        private final class Box: @unchecked Sendable {
            var data = Data()
        }
    }

    static func start(
        _ arguments: [String], environment: [String: String] = [:], folder: URL? = nil, hasInput: Bool = false,
        program: String? = nil
    ) throws -> Running {
        let process = Process()
        process.executableURL = program.map { URL(fileURLWithPath: $0) } ?? executable
        process.arguments = arguments
        process.environment = installed.merging(ProcessInfo.processInfo.environment) { $1 }
            .merging(environment) { $1 }
        process.currentDirectoryURL = folder
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = hasInput ? Pipe() : FileHandle.nullDevice
        try process.run()
        return Running(process: process, output: output, errors: errors)
    }
}
