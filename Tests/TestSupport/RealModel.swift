public import Foundation

/// The published RVM file. `make test` pulls it; a test that needs it fails where it is missing.
public enum RealModel {
    public struct Missing: Error, CustomStringConvertible {
        public let description: String
    }

    /// The package's own folder.
    public static var packageRoot: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// `$MATTE_MODELS_DIR`, else `.deps/models` of the package.
    public static var folder: String {
        ProcessInfo.processInfo.environment["MATTE_MODELS_DIR"] ?? packageRoot.appending(path: ".deps/models").path
    }

    public static func path() throws -> String {
        let path = folder + "/rvm-mobilenetv3.onnx"
        guard FileManager.default.fileExists(atPath: path) else {
            throw Missing(description: "'\(path)' does not exist; run 'make deps'")
        }
        return path
    }
}
