/// The parts of a path: "shoot/a.take.mp4" has the folder "shoot", the stem "a.take" and the extension "mp4".
struct FileName: Sendable {
    /// Without a slash at the end; empty for none, "/" for the root.
    let folder: String
    let name: String
    let stem: String
    /// Without the dot; empty where there is none.
    let fileExtension: String

    init(_ path: String) {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
        let name = parts.last.map { String(Substring($0)) } ?? ""
        let above = parts.dropLast().map { String(Substring($0)) }.joined(separator: "/")
        self.name = name
        folder = path.hasPrefix("/") ? "/" + above : above
        if let dot = name.lastIndex(of: "."), dot != name.startIndex {
            stem = String(name[..<dot])
            fileExtension = String(name[name.index(after: dot)...])
        } else {
            stem = name
            fileExtension = ""
        }
    }

    /// What an input is called: numbered pictures, `frames/%05d.png`, after their folder, and folders have no extension.
    init(ofInput input: String) {
        let file = FileName(input)
        let key = FileKey(input)
        let isPattern = key == nil && file.name.contains("%") && !file.folder.isEmpty
        let whole = isPattern ? FileName(file.folder) : file
        folder = whole.folder
        name = whole.name
        let isFolder = isPattern || key?.isFolder == true
        stem = isFolder ? whole.name : whole.stem
        fileExtension = isFolder ? "" : whole.fileExtension
    }

    /// `name` below `folder`; an absolute name stays as it is.
    static func join(_ folder: String, _ name: String) -> String {
        if folder.isEmpty || name.hasPrefix("/") { return name }
        if name.isEmpty { return folder }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
