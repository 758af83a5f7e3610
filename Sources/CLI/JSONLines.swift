import Foundation

/// Data for other programs: one JSON object a line on standard output.
enum JSONLines {
    static func write(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(value) else { return }
        // A reader that went away is no reason to lose the clip.
        try? FileHandle.standardOutput.write(contentsOf: line + Data("\n".utf8))
    }
}
