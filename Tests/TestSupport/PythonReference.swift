import Foundation

/// The programs in `Tests/Reference`, run by the Python that `make test` set up.
public enum PythonReference {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public static func run(_ script: String, _ arguments: [String]) throws {
        let root = RealModel.packageRoot
        let process = Process()
        process.executableURL = URL(
            fileURLWithPath: ProcessInfo.processInfo.environment["MATTE_PYTHON"]
                ?? root.appending(path: ".deps/python/bin/python3").path)
        process.arguments = [root.appending(path: "Tests/Reference/\(script)").path] + arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(script) failed with status \(process.terminationStatus); run 'make test'")
        }
    }

    /// Raw float32 numbers of a file.
    public static func floats(_ path: String) throws -> [Float] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    public static func write(_ floats: [Float], to path: String) throws {
        try floats.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
    }
}
