import Foundation
import MatteKit

/// The file of `--stats`.
enum StatisticsFile {
    /// - Parameter advice: what is not lost though the file cannot be written.
    static func write(_ text: String, to path: String, advice: String? = nil) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw MatteError(.cannotCreate, "cannot write '\(path)'", advice: advice)
        }
    }
}
