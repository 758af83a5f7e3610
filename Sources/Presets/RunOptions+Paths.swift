import Foundation

extension RunOptions {
    /// The outputs' paths, the main one first.
    public var outputs: [String] { [output, outputAlpha, outputForeground].compactMap { $0 } }

    /// Whether two names mean one file, links followed. Standard streams and devices are nobody's work, and never the
    /// same.
    public static func isSameFile(_ one: String, _ other: String) -> Bool {
        func resolved(_ path: String) -> String {
            URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        }
        guard one != "-", other != "-", !one.hasPrefix("/dev/"), !other.hasPrefix("/dev/") else { return false }
        return resolved(one) == resolved(other)
    }
}
