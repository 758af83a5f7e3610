import Foundation
import MatteKit

/// The "carphone" clip that `make deps` takes from a package.
enum DemoClip {
    static func path() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: ".deps/demo/carphone.mp4").path
        guard FileManager.default.fileExists(atPath: path) else {
            throw MatteError(.missingPart, "the demo clip '\(path)' is missing", advice: "run 'make deps'")
        }
        return path
    }
}
