internal import Foundation

/// Where a user's own files lie, after the XDG base directory specification.
enum UserFolder {
    static var config: String { folder("XDG_CONFIG_HOME", otherwise: ".config") }
    static var data: String { folder("XDG_DATA_HOME", otherwise: ".local/share") }

    /// The specification asks to ignore a relative path.
    private static func folder(_ variable: String, otherwise: String) -> String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment[variable], path.hasPrefix("/") { return path }
        return (environment["HOME"] ?? NSHomeDirectory()) + "/" + otherwise
    }
}
