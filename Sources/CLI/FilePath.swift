/// Paths on the command line.
enum FilePath {
    /// `name` below `folder`; an absolute name stays as it is.
    static func join(_ folder: String, _ name: String) -> String {
        if name.hasPrefix("/") { return name }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
