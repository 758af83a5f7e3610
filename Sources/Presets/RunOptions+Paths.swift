import Foundation

extension RunOptions {
    /// The outputs' paths, the main one first.
    public var outputs: [String] { [output, outputAlpha, outputForeground].compactMap { $0 } }

    /// The same run with its outputs in files that hold a piece of them, all of the same kinds as the outputs.
    package func writing(piece number: Int, in folder: String) -> RunOptions {
        var named = self
        func name(_ path: String, _ index: Int) -> String {
            "\(folder)/piece-\(number)-\(index).\((path as NSString).pathExtension)"
        }
        named.output = name(output, 0)
        named.outputAlpha = outputAlpha.map { name($0, 1) }
        named.outputForeground = outputForeground.map { name($0, 2) }
        return named
    }

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
