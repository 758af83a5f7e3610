internal import Frames
internal import Glibc
internal import Shards

/// The clips below a folder, in the order of their names. Links are followed; a folder that is met twice, as in a loop
/// of links, is walked once. Hidden files and folders are left out.
struct FolderWalk {
    /// Paths relative to the folder.
    private(set) var clips: [String] = []
    /// Folders that may not be read, names that are no text, links that lead nowhere.
    private(set) var problems: [MatteError] = []
    /// Paths of folders that were met before, through links.
    private(set) var repeated: [String] = []
    /// Folders below with a journal: results of other runs lie there.
    private(set) var journals: [String] = []
    /// Folders below that are plans, in which nothing is a clip.
    private(set) var plans: [String] = []
    private let root: String
    private let filter: ClipFilter
    private let excluded: FileKey?
    private var visited: Set<FileKey> = []

    /// - Parameter excluded: a folder that is left out, wherever it is met.
    init(_ root: String, filter: ClipFilter, excluded: FileKey? = nil) {
        self.root = root
        self.filter = filter
        self.excluded = excluded == FileKey(root) ? nil : excluded
        var waiting = [""]
        while let folder = waiting.popLast() { waiting += walk(folder) }
        clips.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// - Returns: the folders in it.
    private mutating func walk(_ folder: String) -> [String] {
        let path = FileName.join(root, folder)
        guard let key = FileKey(path), key != excluded else { return [] }
        guard visited.insert(key).inserted else {
            repeated.append(path)
            return []
        }
        guard let handle = opendir(path) else {
            problems.append(
                MatteError(.noInput, "the folder '\(path)' may not be read", advice: "check its permissions"))
            return []
        }
        defer { closedir(handle) }
        guard folder.isEmpty || !ShardPlan.isPlan(path) else {
            plans.append(path)
            return []
        }
        if !folder.isEmpty, FileKey(FileName.join(path, Journal.fileName)) != nil { journals.append(path) }
        var folders: [String] = []
        while let entry = readdir(handle) {
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let bytes = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            guard bytes.pointee != CChar(bitPattern: UInt8(ascii: ".")) else { continue }
            guard let name = String(validatingCString: bytes) else {
                refuse(Self.visible(bytes), in: path)
                continue
            }
            let relative = FileName.join(folder, name)
            guard let key = FileKey(FileName.join(root, relative)) else {
                guard filter.wants(relative) else { continue }
                problems.append(
                    MatteError(
                        .noInput, "'\(FileName.join(root, relative))' cannot be looked at",
                        advice: "it may be a link that leads nowhere"))
                continue
            }
            if key.isFolder {
                folders.append(relative)
            } else if filter.wants(relative) {
                clips.append(relative)
            }
        }
        return folders
    }

    private mutating func refuse(_ name: String, in folder: String) {
        guard filter.wants(name) || FileName(name).fileExtension.isEmpty else { return }
        problems.append(
            MatteError(
                .badInput, "the name '\(name)' in '\(folder)' is not valid UTF-8", advice: "rename it, or link to it"))
    }

    /// The bytes as text, those that are none as `\xE9`.
    static func visible(_ bytes: UnsafePointer<CChar>) -> String {
        var rest = UnsafeBufferPointer(start: bytes, count: strlen(bytes)).map { UInt8(bitPattern: $0) }[...]
        var text = ""
        while let first = rest.first {
            // A scalar has at most four bytes.
            if let length = (1...min(4, rest.count)).first(where: {
                String(validating: rest.prefix($0), as: UTF8.self) != nil
            }) {
                text += String(decoding: rest.prefix(length), as: UTF8.self)
                rest = rest.dropFirst(length)
            } else {
                let digits = String(first, radix: 16, uppercase: true)
                text += "\\x" + (digits.count < 2 ? "0" : "") + digits
                rest = rest.dropFirst()
            }
        }
        return text
    }
}
