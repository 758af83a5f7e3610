import Foundation
import Testing

/// Texts that people read, kept beside the tests. `MATTE_RECORD=1` writes them anew; a missing one is written and fails.
enum Snapshot {
    static func expect(_ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
        let stored = try? String(contentsOf: file, encoding: .utf8)
        if stored == nil || ProcessInfo.processInfo.environment["MATTE_RECORD"] == "1" {
            try? Data(text.utf8).write(to: file)
        }
        guard let stored else {
            Issue.record("there was no snapshot '\(name)'; it is written now, read it", sourceLocation: sourceLocation)
            return
        }
        #expect(text == stored, "differs from the snapshot '\(name)'", sourceLocation: sourceLocation)
    }
}
