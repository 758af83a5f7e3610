import Glibc

/// Which files of a folder are clips.
struct ClipFilter: Sendable {
    /// What is taken from a folder without `--include`.
    static let extensions: Set<String> = [
        "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "m2v", "vob", "wmv", "asf",
        "flv", "f4v", "mxf", "3gp", "3g2", "ogv", "y4m", "nut", "dv", "apng",
    ]

    var include: [String] = []
    var exclude: [String] = []

    /// - Parameter path: relative to the folder that was asked for.
    func wants(_ path: String) -> Bool {
        if exclude.contains(where: { Self.matches(path, $0) }) { return false }
        if !include.isEmpty { return include.contains { Self.matches(path, $0) } }
        return Self.extensions.contains(FileName(path).fileExtension.lowercased())
    }

    /// A pattern with a slash is for the path below the folder, where `*` spans slashes; one without is for the name.
    static func matches(_ path: String, _ pattern: String) -> Bool {
        fnmatch(pattern, pattern.contains("/") ? path : FileName(path).name, 0) == 0
    }
}
