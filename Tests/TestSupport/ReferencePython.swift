public import Foundation

/// The Python that the set-up installs, with numpy, Pillow and PyMatting: what the tests' references run in.
public enum ReferencePython {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// `$MATTE_PYTHON`, else the checkout's.
    public static var path: String {
        ProcessInfo.processInfo.environment["MATTE_PYTHON"]
            ?? RealModel.packageRoot.appending(path: ".deps/python/bin/python3").path
    }

    /// Runs a few lines of Python; `arguments` are `sys.argv[1:]`.
    public static func run(_ program: String, _ arguments: [String] = []) throws {
        try start(["-c", program] + arguments, name: "a test's Python program")
    }

    /// Runs a program of `Tests/Reference`.
    ///
    /// - Returns: what it printed.
    @discardableResult
    public static func runScript(_ name: String, _ arguments: [String]) throws -> Data {
        try start([RealModel.packageRoot.appending(path: "Tests/Reference/\(name)").path] + arguments, name: name)
    }

    /// Raw float32 numbers of a file.
    public static func floats(_ path: String) throws -> [Float] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    public static func write(_ floats: [Float], to path: String) throws {
        try floats.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
    }

    @discardableResult
    private static func start(_ arguments: [String], name: String) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(name) failed with status \(process.terminationStatus); run 'make test'")
        }
        return printed
    }
}
