import Foundation

/// Where the running program lies, for parts that are installed beside it or in the checkout it was built in.
public enum ProgramLocation {
    /// The executable's path with links followed; nil where the system does not say.
    public static var executable: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    /// The folders above `executable`, nearest first, without the root.
    public static func foldersAbove(_ executable: String) -> [String] {
        var folders: [String] = []
        var folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
        while folder.path != "/" {
            folders.append(folder.path)
            folder = folder.deletingLastPathComponent()
        }
        return folders
    }
}
