import Foundation

/// The "carphone" clip that `make deps` takes from a package: 120 frames of one shot, 176×144.
public enum DemoClip {
    public static func path() throws -> String {
        let path = RealModel.packageRoot.appending(path: ".deps/demo/carphone.mp4").path
        guard FileManager.default.fileExists(atPath: path) else {
            throw RealModel.Missing(description: "'\(path)' does not exist; run 'make deps'")
        }
        return path
    }
}
