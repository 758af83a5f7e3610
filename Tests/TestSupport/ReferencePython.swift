import Foundation

/// The Python that `make deps` installs, with numpy and Pillow: what the tests' references run in.
public enum ReferencePython {
    /// `$MATTE_PYTHON`, else the checkout's.
    public static var path: String {
        ProcessInfo.processInfo.environment["MATTE_PYTHON"]
            ?? RealModel.packageRoot.appending(path: ".deps/python/bin/python3").path
    }

    /// A program of `Tests/Reference`.
    public static func script(_ name: String) -> String {
        RealModel.packageRoot.appending(path: "Tests/Reference/\(name)").path
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Runs a few lines of Python; `arguments` are `sys.argv[1:]`.
    public static func run(_ program: String, _ arguments: [String] = []) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-c", program] + arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "a test's Python program failed; run 'make deps'")
        }
    }
}
